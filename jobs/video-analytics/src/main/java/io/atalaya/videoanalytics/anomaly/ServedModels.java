package io.atalaya.videoanalytics.anomaly;

/**
 * The served models of one subtask, for its thread. They change only in {@link #takeOver}, so that
 * a batch is scored by the same versions.
 */
public interface ServedModels extends AutoCloseable {
    /** The model that scores observations of this kind. */
    ServedModel active(ModelKind kind);

    /** The shadow of that model, or null. */
    default ServedModel shadow(ModelKind kind) {
        return null;
    }

    /** Starts loading versions and returns; the served ones stay until then. */
    default void choose(ModelVersions versions) {}

    /** Replaces served models by loaded ones; if loading failed, the old ones stay. */
    default void takeOver() {}

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
}
