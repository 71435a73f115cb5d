package io.atalaya.hotlistmatch.alerting;

import io.atalaya.hotlistmatch.score.Thresholds;

import java.io.Serializable;
import java.time.Duration;

/**
 * The rules by which matches become alerts.
 *
 * @param thresholds what is done at which score
 * @param coolDown how long an alert is open: repeats at its device are folded into it
 * @param trackLength how many sightings an alert carries
 * @param retention how far back a new entry looks
 * @param keepEnded how long an ended version is still matched, on the arrival clock
 * @param tagWait how long a review waits for the tag of its passage, on the arrival clock
 * @param reviewAfter a retrospective hit on an older read is a review at most
 */
public record AlertingSettings(
        Thresholds thresholds,
        Duration coolDown,
        int trackLength,
        Duration retention,
        Duration keepEnded,
        Duration tagWait,
        Duration reviewAfter)
        implements Serializable {}
