package io.atalaya.videoanalytics.anomaly;

import io.atalaya.contracts.topic.DeadLetter;
import io.atalaya.contracts.topic.RawRecord;
import io.atalaya.contracts.topic.RecordPosition;

/** Result of a request for versions of a model. */
public sealed interface ModelRequestResult {

    /**
     * The versions of a model to serve.
     *
     * @param active version that raises alerts, or null for the one from the job's settings
     * @param shadow version that runs beside it without alerts, or null for none
     * @param position of the request in topic {@code model-control}
     */
    record Versions(ModelKind kind, String active, String shadow, RecordPosition position)
            implements ModelRequestResult {

        /** Versions whose request has an unknown position. */
        public Versions(ModelKind kind, String active, String shadow) {
            this(kind, active, shadow, RecordPosition.UNKNOWN);
        }
    }

    /**
     * A model request whose versions are served from now on.
     *
     * @param request the whole record
     * @param reason one sentence that says what is served
     */
    record Accepted(ModelRequestResult.Versions versions, RawRecord request, String reason)
            implements ModelRequestResult {}

    /** A rejected model request, with the whole record and the reason. */
    record Rejected(DeadLetter letter) implements ModelRequestResult {}
}
