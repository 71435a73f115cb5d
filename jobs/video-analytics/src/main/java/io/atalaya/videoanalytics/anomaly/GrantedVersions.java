package io.atalaya.videoanalytics.anomaly;

import io.atalaya.deadletter.DeadLetter;

/**
 * A request for versions that are to be served from now on.
 *
 * @param letter the request, whole, and that it was granted: who asked finds the answer where a
 *     refusal would be
 */
public record GrantedVersions(ModelVersions versions, DeadLetter letter) implements ModelNews {}
