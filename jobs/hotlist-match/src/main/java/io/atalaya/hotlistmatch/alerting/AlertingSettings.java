package io.atalaya.hotlistmatch.alerting;

import io.atalaya.hotlistmatch.score.Thresholds;

import java.io.Serializable;
import java.time.Duration;

/**
 * Options for turning matches into alerts.
 *
 * @param thresholds which action follows from which score
 * @param coolDown how long an alert is open: repeats at its device join it
 * @param trackLength maximum number of reads on the track of an alert
 * @param retention how far back a new entry is matched with past reads
 * @param keepEnded how long an ended version is still matched, by the watermark
 * @param tagWait how long a review waits for the tag of its passage, by the watermark; zero: there
 *     are no tags
 * @param reviewAfter a retrospective match with an older read is a review at most
 * @param convoys whether convoys are looked for, which need the passages of listed vehicles
 */
public record AlertingSettings(
        Thresholds thresholds,
        Duration coolDown,
        int trackLength,
        Duration retention,
        Duration keepEnded,
        Duration tagWait,
        Duration reviewAfter,
        boolean convoys)
        implements Serializable {}
