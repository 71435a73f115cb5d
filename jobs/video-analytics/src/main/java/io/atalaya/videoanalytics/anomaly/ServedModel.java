package io.atalaya.videoanalytics.anomaly;

import java.util.List;

/** One version of a model that is served; for one thread. */
public interface ServedModel {
    /** As its manifest has it; what a camera has learned by one version is nothing to another. */
    String version();

    /** Numbers of a row that it makes. */
    int outputs();

    /**
     * Runs a batch.
     *
     * @param rows of {@link ModelKind#inputs} numbers each
     * @return a row of {@link #outputs} numbers for each, in their order
     */
    List<float[]> run(List<float[]> rows);
}
