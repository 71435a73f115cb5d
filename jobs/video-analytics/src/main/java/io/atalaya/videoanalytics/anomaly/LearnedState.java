package io.atalaya.videoanalytics.anomaly;

/**
 * What one camera has learned for one version of a model. To another version it means nothing: its
 * network may place tracks elsewhere.
 *
 * @param version of the model
 * @param learned as {@link CameraAnomalyModel#toBytes} wrote it
 */
record LearnedState(String version, byte[] learned) {}
