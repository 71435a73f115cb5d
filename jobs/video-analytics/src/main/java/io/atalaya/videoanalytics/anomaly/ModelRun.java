package io.atalaya.videoanalytics.anomaly;

/** What one version of a model is asked about an observation, and says. */
final class ModelRun {
    private final ServedModel servedModel;
    private final CameraAnomalyModel judge;
    private final float[] features;
    private float[] output;

    /** Tells the judge of the observation. */
    ModelRun(ServedModel servedModel, CameraAnomalyModel judge, Observation observation) {
        this.servedModel = servedModel;
        this.judge = judge;
        this.features = judge.features(observation);
    }

    String version() {
        return servedModel.version();
    }

    float[] features() {
        return features;
    }

    /** Whether the network was run on it. */
    boolean isAnswered() {
        return output != null;
    }

    /** Of the network. */
    void output(float[] said) {
        output = said;
    }

    /** To be called once, and for a camera's observations in their order. */
    AnomalyScore anomalyScore(Observation observation, boolean mayAlert, double share) {
        return judge.judge(observation, output, mayAlert, share);
    }

    /** Whether the camera is known well enough to alert. */
    boolean isKnown() {
        return judge.isKnown();
    }

    AnomalyEvidence evidence(AnomalyScore anomalyScore) {
        return AnomalyEvidence.of(servedModel.version(), anomalyScore);
    }
}
