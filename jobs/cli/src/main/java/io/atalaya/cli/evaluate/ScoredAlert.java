package io.atalaya.cli.evaluate;

import io.atalaya.alert.Alert;

import java.util.List;

/**
 * What scoring needs of one revision of an alert, of whatever type: this build's jobs need not know
 * the type.
 *
 * @param at the Kafka record's timestamp, epoch ms
 * @param type by its name on the wire
 * @param entryId or null
 * @param deviceId or null
 * @param startedAt epoch ms
 * @param endedAt epoch ms or null
 * @param reads readIds of the evidence
 * @param trackIds of the subject
 * @param score 0..1
 * @param read the text that matched, or null
 * @param listed the text that it matched, or null
 */
record ScoredAlert(
        long at,
        String alertId,
        int revision,
        Alert.Status status,
        String type,
        Alert.Action action,
        String entryId,
        String deviceId,
        long startedAt,
        Long endedAt,
        List<String> reads,
        List<String> trackIds,
        double score,
        String read,
        String listed) {

    boolean isCancelled() {
        return status == Alert.Status.CANCELLED;
    }
}
