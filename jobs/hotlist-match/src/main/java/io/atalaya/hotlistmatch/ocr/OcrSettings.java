package io.atalaya.hotlistmatch.ocr;

import io.atalaya.inference.ModelManifest;
import io.atalaya.inference.StoredModel;

import java.io.Serializable;
import java.nio.file.Path;
import java.time.Duration;

/**
 * Settings and limits of OCR verification.
 *
 * @param modelDirectory directory of the model on every TaskManager; empty for the job's own model
 * @param budget cores; 0 disables OCR verification
 * @param queue greatest number of waiting images per process
 * @param whenFull what happens to images that do not fit into the queue
 * @param maxAge greatest age of a waiting image
 * @param maxWait how long a match waits for a result that may raise or suppress its alert
 * @param maxPixels greatest size of an image
 * @param evidence log-likelihood ratio of a result
 */
public record OcrSettings(
        String modelDirectory,
        double budget,
        int queue,
        WhenFull whenFull,
        Duration maxAge,
        Duration maxWait,
        int maxPixels,
        Evidence evidence)
        implements Serializable {

    /** The model that is part of the job. */
    public static final String MODEL = "plate-ocr";

    public static final String MODEL_VERSION = "4";

    /** What gives way when images arrive faster than they can be read. */
    public enum WhenFull {
        /** The image of the lowest rank is dropped. */
        DROP,
        /** The reads wait until there is room. */
        WAIT
    }

    /**
     * The log-likelihood ratio of a margin: a line between two bounds, fitted on images with a
     * known plate.
     *
     * @param intercept at a margin of 0
     * @param slope per nat of margin
     * @param maxLogOdds greatest absolute value
     */
    public record Evidence(double intercept, double slope, double maxLogOdds)
            implements Serializable {
        /** The evidence as given in a model's manifest. */
        public static Evidence of(ModelManifest manifest) {
            return new Evidence(
                    manifest.threshold("intercept"),
                    manifest.threshold("slope"),
                    manifest.threshold("most"));
        }

        double logOdds(double margin) {
            return Math.max(-maxLogOdds, Math.min(maxLogOdds, intercept + slope * margin));
        }
    }

    public boolean isEnabled() {
        return budget > 0;
    }

    /** The greatest amount by which a result changes a score, in log-odds. */
    public double maxLogOdds() {
        return isEnabled() ? evidence.maxLogOdds() : 0;
    }

    StoredModel model() {
        return model(modelDirectory);
    }

    /**
     * The model of a directory, or the job's own if it is empty.
     *
     * @throws io.atalaya.inference.InvalidModelException if the model must not be used
     */
    public static StoredModel model(String directory) {
        return directory.isEmpty()
                ? StoredModel.onClassPath(MODEL, MODEL_VERSION)
                : StoredModel.in(Path.of(directory));
    }
}
