package io.atalaya.videoanalytics.outage;

import io.atalaya.contracts.alert.Alert;

import java.util.List;
import java.util.Map;

/**
 * What {@link OutageDetector} know.
 *
 * @param quiet since when, by camera
 * @param outage or null
 * @param overSince when the last one was over, arrival clock
 * @param arrival where the arrival clock was, epoch ms; {@link #NO_ARRIVAL} before it moved
 */
record OutageState(
        List<String> steady,
        Map<String, Long> quiet,
        List<String> known,
        List<Alert> keptBack,
        Outage outage,
        long overSince,
        long arrival) {

    static final long NO_ARRIVAL = Long.MIN_VALUE;

    static final OutageState NOTHING =
            new OutageState(List.of(), Map.of(), List.of(), List.of(), null, 0, NO_ARRIVAL);
}
