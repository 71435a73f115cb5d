package io.atalaya.videoanalytics.anomaly;

import io.atalaya.contracts.topic.RawRecord;

/**
 * A request for versions that are to be served from now on.
 *
 * @param request whole, as it came
 * @param reason one sentence: what is served
 */
public record AcceptedRequest(ModelVersions versions, RawRecord request, String reason)
        implements ModelRequestResult {}
