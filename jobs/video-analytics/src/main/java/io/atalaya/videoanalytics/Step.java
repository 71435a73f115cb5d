package io.atalaya.videoanalytics;

import org.apache.flink.streaming.api.datastream.DataStreamSink;
import org.apache.flink.streaming.api.datastream.SingleOutputStreamOperator;

/**
 * Every operator's uid and name, declared once. A uid is a database key: a changed one drops state.
 */
public enum Step {
    CAMERA_FRAMES("camera-frames", "camera frames"),
    DEVICES("devices", "devices"),
    MODEL_CONTROL("model-control", "model control"),
    MODEL_TRIALS("model-trials", "models tried"),
    MODEL_VERSIONS("model-versions", "models granted"),
    PARSE_FRAMES("parse-camera-frames", "parse camera frames"),
    PARSE_DEVICES("parse-devices", "parse devices"),
    CAMERAS("cameras", "cameras: scene, detectors, health"),
    OUTAGES("outages", "outages: many cameras silent at once"),
    ANOMALIES("anomalies", "anomalies: trajectories, activity"),
    FENCE("savepoint-fence", "before the last savepoint"),
    ALERTS("alerts", "alerts"),
    MODEL_ANSWERS("model-answers", "answers"),
    DEAD_LETTER("dead-letter", "dead letters");

    private final String uid;
    private final String label;

    Step(String uid, String label) {
        this.uid = uid;
        this.label = label;
    }

    public String uid() {
        return uid;
    }

    public String label() {
        return label;
    }

    <T> SingleOutputStreamOperator<T> on(SingleOutputStreamOperator<T> operator) {
        return operator.uid(uid).name(label);
    }

    <T> DataStreamSink<T> on(DataStreamSink<T> sink) {
        return sink.uid(uid).name(label);
    }
}
