package io.atalaya.videoanalytics.anomaly;

/**
 * What one camera has learned for one version of a model. It is useless to another version, whose
 * embedding of the tracks may differ.
 *
 * @param version of the model
 * @param learned as written by {@link CameraAnomalyModel#toBytes}
 */
record LearnedState(String version, byte[] learned) {}
