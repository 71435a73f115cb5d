package io.atalaya.videoanalytics.anomaly;

/** The networks that one subtask asks at present. */
public interface Networks extends AutoCloseable {
    /** By which observations of that kind are judged; it may be another one from call to call. */
    Network active(ModelKind kind);

    @Override
    void close();
}
