package io.atalaya.hotlistmatch.alerting;

import io.atalaya.contracts.alert.Alert;
import io.atalaya.contracts.alert.AlertCodec;

import java.nio.charset.StandardCharsets;
import java.util.zip.CRC32;

/**
 * The last emission of an alert.
 *
 * @param facts number of facts that had counted
 * @param cancelled it was cancelled
 * @param digest CRC-32 of its content; 0: not known
 */
record LastEmission(long revision, int facts, boolean cancelled, int digest) {

    /** An alert to emit, whose revision exceeds the last one, and the record of its emission. */
    record Sending(Alert alert, LastEmission emitted) {}

    /**
     * The alert with the revision that follows the last one.
     *
     * @param last or null
     */
    static Sending after(LastEmission last, Alert alert, int facts) {
        return sending(alert, last == null ? 0 : last.revision, facts);
    }

    /**
     * The cancelled alert. Its number of facts stays unchanged, so that the fact that cancelled it
     * counts again if the alert is revived.
     */
    Sending takenBack(Alert alert) {
        return sending(alert.as(Alert.Status.CANCELLED, revision), revision, facts);
    }

    private static Sending sending(Alert alert, long last, int facts) {
        Alert next = alert.as(alert.status(), Alert.revisionAfter(last, alert.causedAt()));
        return new Sending(
                next,
                new LastEmission(
                        next.revision(),
                        facts,
                        next.status() == Alert.Status.CANCELLED,
                        digest(next)));
    }

    private static int digest(Alert alert) {
        CRC32 crc = new CRC32();
        crc.update(AlertCodec.write(alert.as(alert.status(), 1).withDetectedAt(0)));
        crc.update(Long.toString(alert.causedAt()).getBytes(StandardCharsets.US_ASCII));
        return (int) crc.getValue();
    }

    /** Whether more facts count now, or the alert is revived or cancelled. */
    boolean isOutgrownBy(int nowFacts, boolean nowCancelled) {
        return nowFacts > facts || nowCancelled != cancelled;
    }

    /** Whether the content of the alert differs from the last emission. */
    boolean differs(Alert alert) {
        return digest != 0 && digest != digest(alert);
    }

    /**
     * The same emission after a correction that reduced the facts and left the content unchanged.
     */
    LastEmission of(int fewerFacts) {
        return new LastEmission(revision, Math.min(facts, fewerFacts), cancelled, digest);
    }
}
