package io.atalaya.videoanalytics.anomaly;

/** Run of one version of a model on an observation: its input and its output. */
final class ModelRun {
    private final ServedModels.Model servedModel;
    private final CameraAnomalyModel judge;
    private final float[] features;
    private float[] output;

    /** Adds the observation to the learned state to get its features. */
    ModelRun(ServedModels.Model servedModel, CameraAnomalyModel judge, Observation observation) {
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

    /** Whether the model was run on it. */
    boolean isAnswered() {
        return output != null;
    }

    /** Sets the output of the model. */
    void output(float[] said) {
        output = said;
    }

    /** Scores the observation. Call it once, in the order of a camera's observations. */
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
