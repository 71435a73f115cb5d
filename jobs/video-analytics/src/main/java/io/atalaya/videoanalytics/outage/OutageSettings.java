package io.atalaya.videoanalytics.outage;

import io.atalaya.videoanalytics.episode.AlertPolicy;

import java.io.Serializable;
import java.time.Duration;

/**
 * When the silence of cameras is an outage.
 *
 * @param share share of the steady cameras that pause at once
 * @param cameras minimum number of cameras, whatever the share
 * @param inputSilentAfter processing time without any input that is an outage
 * @param settle time after an outage when cameras that are still silent are alerted one by one
 * @param emitted whether silence alerts are enabled
 * @param urgency action and priority of an outage
 */
public record OutageSettings(
        double share,
        int cameras,
        Duration inputSilentAfter,
        Duration settle,
        boolean emitted,
        AlertPolicy.Urgency urgency)
        implements Serializable {}
