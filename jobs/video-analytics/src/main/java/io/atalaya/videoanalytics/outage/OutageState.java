package io.atalaya.videoanalytics.outage;

import io.atalaya.contracts.alert.Alert;

import java.util.List;
import java.util.Map;

/**
 * State of an {@link OutageDetector}.
 *
 * @param steady ids of cameras that send without long pauses
 * @param quiet arrival time of the last frame by quiet camera, epoch ms
 * @param known ids of steady cameras whose silence was alerted
 * @param suppressed silences that an outage has suppressed
 * @param outage the open outage, or null
 * @param overSince arrival time of the end of the last outage, epoch ms
 * @param arrivalTime last watermark, epoch ms; {@link #NO_ARRIVAL} before the first
 */
record OutageState(
        List<String> steady,
        Map<String, Long> quiet,
        List<String> known,
        List<Alert> suppressed,
        Outage outage,
        long overSince,
        long arrivalTime) {

    static final long NO_ARRIVAL = Long.MIN_VALUE;

    static final OutageState NOTHING =
            new OutageState(List.of(), Map.of(), List.of(), List.of(), null, 0, NO_ARRIVAL);
}
