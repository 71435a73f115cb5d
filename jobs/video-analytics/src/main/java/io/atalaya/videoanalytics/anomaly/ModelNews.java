package io.atalaya.videoanalytics.anomaly;

/** What became of a request for versions of a model. */
public sealed interface ModelNews permits ModelVersions, GrantedVersions, RefusedVersions {}
