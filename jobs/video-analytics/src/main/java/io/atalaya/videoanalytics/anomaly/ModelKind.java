package io.atalaya.videoanalytics.anomaly;

import io.atalaya.anomaly.series.SeriesModel;
import io.atalaya.anomaly.trajectory.TrackFeatures;
import io.atalaya.contracts.alert.AlertType;
import io.atalaya.videoanalytics.episode.AlertPolicy;

/** The models that cameras are judged by: what each is asked, and what comes of it. */
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

    /** The alerts that come of it. */
    public AlertType alert() {
        return alert;
    }

    /** Whether anybody is to hear what it finds: otherwise it is not asked. */
    public boolean isEmitted(AlertPolicy policy) {
        return policy.isEmitted(alert);
    }

    /** Numbers that its network is asked with. */
    public int inputs() {
        return inputs;
    }

    /**
     * Of a camera that was never judged by this version of the model.
     *
     * @param outputs numbers that the network makes of a row
     * @param perDay alerts a day
     */
    abstract CameraAnomalyModel fresh(int outputs, double perDay);

    /**
     * Goes on where {@link CameraAnomalyModel#toBytes} was.
     *
     * @throws IllegalArgumentException if those are not its bytes
     */
    abstract CameraAnomalyModel read(byte[] bytes, int outputs, double perDay);
}
