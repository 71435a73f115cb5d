package io.atalaya.videoanalytics.anomaly;

/**
 * The networks that one subtask asks at present, for its thread. They change in {@link #takeOver}
 * alone, so that all of a batch is asked of the same ones.
 */
public interface ServedModels extends AutoCloseable {
    /** By which observations of that kind are judged. */
    ServedModel active(ModelKind kind);

    /** The one that is asked beside it, or null. */
    default ServedModel shadow(ModelKind kind) {
        return null;
    }

    /** Begins to fetch versions and returns; those that serve go on. */
    default void choose(ModelVersions versions) {}

    /** Lets what has been fetched take over; what could not be had leaves the others in place. */
    default void takeOver() {}

    /** Waits until all that was chosen is fetched, and lets it take over. */
    default void settle() {}

    /** Ends a shadow that does not work; the active one goes on. */
    default void dropShadow(ModelKind kind, RuntimeException reason) {}

    /**
     * Goes back to the version of the settings, with no shadow, for the active one does not work.
     *
     * @return whether there is a way back
     */
    default boolean fallBack(ModelKind kind, RuntimeException reason) {
        return false;
    }

    /** How often others took over. */
    default long switches() {
        return 0;
    }

    /** How often versions could not be had, or did not work. */
    default long failures() {
        return 0;
    }

    @Override
    void close();
}
