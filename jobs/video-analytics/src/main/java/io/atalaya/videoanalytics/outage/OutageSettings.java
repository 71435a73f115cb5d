package io.atalaya.videoanalytics.outage;

import io.atalaya.videoanalytics.episode.AlertPolicy;

import java.io.Serializable;
import java.time.Duration;

/**
 * When silence is not one camera's.
 *
 * @param share of the steady cameras that pause at once
 * @param cameras below which it is no outage, whatever the share
 * @param inputSilentAfter for how long, by the wall clock, nothing at all must come
 * @param settle how long after an outage those that are still silent are told one by one
 * @param emitted whether anybody is to hear of silence
 * @param urgency of an outage
 */
public record OutageSettings(
        double share,
        int cameras,
        Duration inputSilentAfter,
        Duration settle,
        boolean emitted,
        AlertPolicy.Urgency urgency)
        implements Serializable {}
