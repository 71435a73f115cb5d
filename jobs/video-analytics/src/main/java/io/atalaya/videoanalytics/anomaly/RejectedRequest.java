package io.atalaya.videoanalytics.anomaly;

import io.atalaya.contracts.topic.DeadLetter;

/** A request for versions that cannot be served, whole, and why. */
public record RejectedRequest(DeadLetter letter) implements ModelRequestResult {}
