package io.atalaya.videoanalytics.outage;

import io.atalaya.alert.Alert;

import java.util.List;
import java.util.Map;

/**
 * What {@link Outages} know.
 *
 * @param quiet since when, by camera
 * @param outage or null
 * @param overSince when the last one was over, arrival clock
 */
record OutageMemory(
        List<String> steady,
        Map<String, Long> quiet,
        List<String> known,
        List<Alert> keptBack,
        Outage outage,
        long overSince) {}
