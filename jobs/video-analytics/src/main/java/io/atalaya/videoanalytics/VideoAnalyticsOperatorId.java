package io.atalaya.videoanalytics;

import io.atalaya.flink.step.OperatorId;

/** All operators of the job, with uid and label. */
public enum VideoAnalyticsOperatorId implements OperatorId {
    CAMERA_FRAMES("camera-frames", "camera frames"),
    DEVICES("devices", "devices"),
    MODEL_CONTROL("model-control", "model control"),
    MODEL_TRIALS("model-trials", "models tried"),
    MODEL_VERSIONS("model-versions", "models granted"),
    PARSE_FRAMES("parse-camera-frames", "parse frames"),
    PARSE_DEVICES("parse-devices", "parse devices"),
    CAMERAS("cameras", "cameras: scene, detectors, health"),
    OUTAGES("outages", "outages: many cameras silent at once"),
    ANOMALIES("anomalies", "anomalies: trajectories, activity"),
    FAULTS("faults", "faults: what is not analysed"),
    ALERT_RECORDS("alert-records", "alerts as records"),
    FENCE("savepoint-fence", "before the last savepoint"),
    ALERTS("alerts", "alerts"),
    MODEL_ANSWERS("model-answers", "answers"),
    DEAD_LETTER("dead-letter", "dead letters");

    private final String uid;
    private final String label;

    VideoAnalyticsOperatorId(String uid, String label) {
        this.uid = uid;
        this.label = label;
    }

    @Override
    public String uid() {
        return uid;
    }

    @Override
    public String label() {
        return label;
    }
}
