package io.atalaya.videoanalytics.anomaly;

import io.atalaya.contracts.topic.RecordPosition;

/**
 * The versions of a model to serve.
 *
 * @param active version that raises alerts, or null for the one from the job's settings
 * @param shadow version that runs beside it without alerts, or null for none
 * @param position of the request in topic {@code model-control}
 */
public record ModelVersions(ModelKind kind, String active, String shadow, RecordPosition position)
        implements ModelRequestResult {

    /** Versions whose request has an unknown position. */
    public ModelVersions(ModelKind kind, String active, String shadow) {
        this(kind, active, shadow, RecordPosition.UNKNOWN);
    }
}
