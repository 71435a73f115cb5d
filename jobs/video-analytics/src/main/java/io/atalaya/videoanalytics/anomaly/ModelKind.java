package io.atalaya.videoanalytics.anomaly;

import io.atalaya.anomaly.series.SeriesModel;
import io.atalaya.anomaly.trajectory.TrackFeatures;
import io.atalaya.contracts.alert.AlertType;
import io.atalaya.videoanalytics.episode.AlertPolicy;

/** The kinds of models that score cameras, with the inputs and the alert type of each. */
public enum ModelKind {
    TRAJECTORY("trajectory", AlertType.UNUSUAL_TRAJECTORY, TrackFeatures.WIDTH) {
        @Override
        CameraAnomalyModel fresh(int outputs, double perDay) {
            return TrajectoryAnomalyModel.fresh(outputs, perDay);
        }

        @Override
        CameraAnomalyModel read(byte[] bytes, int outputs, double perDay) {
            return TrajectoryAnomalyModel.read(bytes, outputs, perDay);
        }
    },
    SCENE_ACTIVITY("scene-activity", AlertType.UNUSUAL_ACTIVITY, SeriesModel.FEATURES) {
        @Override
        CameraAnomalyModel fresh(int outputs, double perDay) {
            return ActivityAnomalyModel.fresh(perDay);
        }

        @Override
        CameraAnomalyModel read(byte[] bytes, int outputs, double perDay) {
            return ActivityAnomalyModel.read(bytes, perDay);
        }
    };

    private final String model;
    private final AlertType alert;
    private final int inputs;

    ModelKind(String model, AlertType alert, int inputs) {
        this.model = model;
        this.alert = alert;
        this.inputs = inputs;
    }

    /** Its directory under {@code models/}. */
    public String model() {
        return model;
    }

    /** The type of its alerts. */
    public AlertType alert() {
        return alert;
    }

    /** Whether its alert type is enabled; otherwise the model is not run. */
    public boolean isEmitted(AlertPolicy policy) {
        return policy.isEmitted(alert);
    }

    /** Number of inputs of its network. */
    public int inputs() {
        return inputs;
    }

    /**
     * The state of a camera that this version never scored.
     *
     * @param outputs numbers per row that the network outputs
     * @param perDay alerts per day
     */
    abstract CameraAnomalyModel fresh(int outputs, double perDay);

    /**
     * Restores a state from {@link CameraAnomalyModel#toBytes}.
     *
     * @throws IllegalArgumentException if the bytes are not such a state
     */
    abstract CameraAnomalyModel read(byte[] bytes, int outputs, double perDay);
}
