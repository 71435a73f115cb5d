package io.atalaya.videoanalytics.anomaly;

import java.io.Serializable;
import java.util.List;

/**
 * The served models of one subtask, for its thread. They change only in {@link #replaceLoaded}, so
 * that a batch is scored by the same versions.
 */
public interface ServedModels extends AutoCloseable {
    /** The model that scores observations of this kind. */
    Model active(ModelKind kind);

    /** The shadow of that model, or null. */
    default Model shadow(ModelKind kind) {
        return null;
    }

    /** Starts loading versions and returns; the served ones stay until then. */
    default void choose(ModelRequestResult.Versions versions) {}

    /** Replaces served models by loaded ones; if loading failed, the old ones stay. */
    default void replaceLoaded() {}

    /** Waits until all chosen versions are loaded, and replaces the served ones. */
    default void settle() {}

    /** Stops a shadow that does not work; the active version stays. */
    default void dropShadow(ModelKind kind, RuntimeException reason) {}

    /**
     * Replaces an active version that does not work by the one from the settings, without a shadow.
     *
     * @return false if that is already the active version
     */
    default boolean fallBack(ModelKind kind, RuntimeException reason) {
        return false;
    }

    /** How often versions were replaced. */
    default long switches() {
        return 0;
    }

    /** How often versions could not be loaded or did not work. */
    default long failures() {
        return 0;
    }

    @Override
    void close();

    /** Creates the served models of a subtask. */
    interface Factory extends Serializable {
        /** Opens them; the subtask closes them. */
        ServedModels open();
    }

    /** One served version of a model; not thread-safe. */
    interface Model {
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
}
