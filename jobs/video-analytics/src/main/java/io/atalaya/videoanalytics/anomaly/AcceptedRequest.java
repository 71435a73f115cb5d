package io.atalaya.videoanalytics.anomaly;

import io.atalaya.contracts.topic.RawRecord;

/**
 * A model request whose versions are served from now on.
 *
 * @param request the whole record
 * @param reason one sentence that says what is served
 */
public record AcceptedRequest(ModelVersions versions, RawRecord request, String reason)
        implements ModelRequestResult {}
