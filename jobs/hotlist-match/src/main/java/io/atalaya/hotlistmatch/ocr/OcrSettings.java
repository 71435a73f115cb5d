package io.atalaya.hotlistmatch.ocr;

import io.atalaya.inference.ModelManifest;
import io.atalaya.inference.StoredModel;

import java.io.Serializable;
import java.nio.file.Path;
import java.time.Duration;

/**
 * How second opinions are formed, and what they may cost.
 *
 * @param modelDirectory of the model, on every TaskManager; empty: the model that comes with the
 *     job
 * @param budget cores; 0: there are no second opinions
 * @param queue images that wait in one process
 * @param whenFull what becomes of those that have no room in it
 * @param maxAge of an image that waits
 * @param maxWait of a match that an opinion may turn into an alert, or out of sight
 * @param maxPixels of an image
 * @param evidence what an opinion is worth
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

    /** The model that comes with the job. */
    public static final String MODEL = "plate-ocr";

    public static final String MODEL_VERSION = "4";

    /** What gives way when more images come than can be read. */
    public enum WhenFull {
        /** The image that matters least. */
        DROP,
        /** The reads, until there is room. */
        WAIT
    }

    /**
     * The log-likelihood ratio of a margin, a line between two bounds: fitted on images of which
     * the plate is known.
     *
     * @param intercept at a margin of 0
     * @param slope a nat of margin
     * @param most that an opinion adds or takes away
     */
    public record Evidence(double intercept, double slope, double most) implements Serializable {
        /** As a model's manifest has it. */
        public static Evidence of(ModelManifest manifest) {
            return new Evidence(
                    manifest.threshold("intercept"),
                    manifest.threshold("slope"),
                    manifest.threshold("most"));
        }

        double logOdds(double margin) {
            return Math.max(-most, Math.min(most, intercept + slope * margin));
        }
    }

    public boolean isEnabled() {
        return budget > 0;
    }

    /** The most that an opinion may add to a score, or take from it. */
    public double most() {
        return isEnabled() ? evidence.most() : 0;
    }

    StoredModel model() {
        return model(modelDirectory);
    }

    /**
     * The model of a directory, or the job's own.
     *
     * @throws io.atalaya.inference.InvalidModelException if it must not be used
     */
    public static StoredModel model(String directory) {
        return directory.isEmpty()
                ? StoredModel.onClassPath(MODEL, MODEL_VERSION)
                : StoredModel.in(Path.of(directory));
    }
}
