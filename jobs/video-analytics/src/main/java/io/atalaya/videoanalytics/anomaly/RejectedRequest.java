package io.atalaya.videoanalytics.anomaly;

import io.atalaya.contracts.topic.DeadLetter;

/** A rejected model request, with the whole record and the reason. */
public record RejectedRequest(DeadLetter letter) implements ModelRequestResult {}
