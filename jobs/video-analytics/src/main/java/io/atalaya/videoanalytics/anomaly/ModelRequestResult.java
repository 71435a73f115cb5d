package io.atalaya.videoanalytics.anomaly;

/** Result of a request for versions of a model. */
public sealed interface ModelRequestResult
        permits ModelVersions, AcceptedRequest, RejectedRequest {}
