package io.atalaya.videoanalytics.anomaly;

/**
 * What a model is asked about: at one camera, and after all that was observed there before. A span
 * of which too little was seen is none: that a camera is silent does not mean that its street is
 * empty.
 */
public sealed interface Observation permits Passage, Activity {
    CameraLocation location();

    /** Arrival clock of the frame that completed it, epoch ms. */
    long at();

    /**
     * Whether people were told why it is as it is: the model learns from it, and nobody is told a
     * second time.
     */
    boolean explained();

    /** The model that it is for. */
    ModelKind kind();

    default String deviceId() {
        return location().deviceId();
    }
}
