package io.atalaya.videoanalytics.anomaly;

import io.atalaya.contracts.topic.RecordPosition;

/**
 * The versions of a model that are to be served.
 *
 * @param active by which people are told, or null: the one of the job's settings
 * @param shadow that is asked beside it and of which nobody is told, or null: none
 * @param position of the request in topic {@code model-control}
 */
public record ModelVersions(ModelKind kind, String active, String shadow, RecordPosition position)
        implements ModelRequestResult {

    /** Versions of which it is unknown where their request stands. */
    public ModelVersions(ModelKind kind, String active, String shadow) {
        this(kind, active, shadow, RecordPosition.UNKNOWN);
    }
}
