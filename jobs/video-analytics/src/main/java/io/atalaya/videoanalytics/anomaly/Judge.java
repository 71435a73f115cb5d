package io.atalaya.videoanalytics.anomaly;

/**
 * What one camera's own past says of what is observed there, by one version of a model. It is told
 * all observations of its kind, in their order: first {@link #features}, and once the network was
 * run on those, {@link #judge}. Bounded in memory; for one thread.
 */
interface Judge {
    /** What the network is asked with. */
    float[] features(Observation observation);

    /**
     * Judges an observation, and learns from it.
     *
     * @param output of the network, for the observation's features
     * @param mayAlert false if what goes on was told already
     */
    Judgement judge(Observation observation, float[] output, boolean mayAlert);

    /** Whether the camera is known well enough to alert. */
    boolean isKnown();

    /** What is kept of it, between observations. */
    byte[] toBytes();
}
