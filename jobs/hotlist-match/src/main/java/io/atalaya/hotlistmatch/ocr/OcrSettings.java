package io.atalaya.hotlistmatch.ocr;

import io.atalaya.hotlistmatch.score.OcrEvidence;
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
        OcrEvidence evidence)
        implements Serializable {

    /** The model that is part of the job. */
    public static final String MODEL = "plate-ocr";

    public static final String MODEL_VERSION = "5";

    /** What gives way when images arrive faster than they can be read. */
    public enum WhenFull {
        /** The image of the lowest rank is dropped. */
        DROP,
        /** The reads wait until there is room. */
        WAIT
    }

    public boolean isEnabled() {
        return budget > 0;
    }

    /** The greatest amount that a result adds to a score, in log-odds. */
    public double maxLogOdds() {
        return isEnabled() ? evidence.most() : 0;
    }

    /** The evidence as given in a model's manifest. */
    public static OcrEvidence evidence(ModelManifest manifest) {
        return new OcrEvidence(
                line(manifest, "own"),
                line(manifest, "misread"),
                line(manifest, "equal"),
                manifest.threshold("least"),
                manifest.threshold("most"));
    }

    private static OcrEvidence.Line line(ModelManifest manifest, String name) {
        return new OcrEvidence.Line(
                manifest.threshold(name + ".intercept"),
                manifest.threshold(name + ".slope"),
                manifest.threshold(name + ".most"));
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
