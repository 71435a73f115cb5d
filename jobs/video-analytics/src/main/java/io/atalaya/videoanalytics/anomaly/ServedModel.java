package io.atalaya.videoanalytics.anomaly;

import java.util.List;

/** One served version of a model; not thread-safe. */
public interface ServedModel {
    /** Version from its manifest. A camera's learned state is valid for this version only. */
    String version();

    /** Numbers per row of its output. */
    int outputs();

    /**
     * Runs a batch.
     *
     * @param rows of {@link ModelKind#inputs} numbers each
     * @return one row of {@link #outputs} numbers for each, in the same order
     */
    List<float[]> run(List<float[]> rows);
}
