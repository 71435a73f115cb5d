package io.atalaya.videoanalytics.anomaly;

import io.atalaya.deadletter.DeadLetter;

/** A request for versions that cannot be served, whole, and why. */
public record RefusedVersions(DeadLetter letter) implements ModelNews {}
