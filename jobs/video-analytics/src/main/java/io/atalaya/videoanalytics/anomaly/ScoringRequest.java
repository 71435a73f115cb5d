package io.atalaya.videoanalytics.anomaly;

/**
 * An observation with the model runs that score it.
 *
 * @param camera null if the request is not submitted yet
 * @param active run that decides, or null if the request is not submitted yet
 * @param shadow run that is only compared, or null
 */
record ScoringRequest(
        Observation observation, CameraModels camera, ModelRun active, ModelRun shadow) {
    /** A request that is submitted when it is scored. */
    static ScoringRequest later(Observation observation) {
        return new ScoringRequest(observation, null, null, null);
    }

    boolean isOf(ModelKind kind) {
        return observation.kind() == kind;
    }

    /** Run of one version of a model on an observation: its input and its output. */
    static final class ModelRun {
        private final ServedModels.Model servedModel;
        private final CameraAnomalyModel model;
        private final float[] features;
        private float[] output;

        /** Adds the observation to the learned state to get its features. */
        ModelRun(
                ServedModels.Model servedModel, CameraAnomalyModel model, Observation observation) {
            this.servedModel = servedModel;
            this.model = model;
            this.features = model.features(observation);
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
            return model.evaluate(observation, output, mayAlert, share);
        }

        /** Whether the camera is known well enough to alert. */
        boolean isKnown() {
            return model.isKnown();
        }

        AnomalyEvidence evidence(AnomalyScore anomalyScore) {
            return AnomalyEvidence.of(servedModel.version(), anomalyScore);
        }
    }
}
