package io.atalaya.hotlistmatch.alerting;

import io.atalaya.contracts.alert.Alert;
import io.atalaya.contracts.alert.AlertCodec;

import java.nio.charset.StandardCharsets;
import java.util.zip.CRC32;

/**
 * What consumers last saw of an alert.
 *
 * @param facts how many had counted
 * @param cancelled it was taken back
 * @param digest of all that it said; 0: not known
 */
record LastEmission(long revision, int facts, boolean cancelled, int digest) {

    /** The alert as it is sent: its revision is above the last one. */
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
     * The alert taken back. Its facts stay as they were: should it stand again, what took it back
     * has then counted twice.
     */
    Sending takenBack(Alert alert) {
        return sending(alert.as(Alert.Status.CANCELLED, revision), revision, facts);
    }

    private static Sending sending(Alert alert, long last, int facts) {
        Alert next = alert.as(alert.status(), Alert.revisionAfter(last, alert.at()));
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
        crc.update(AlertCodec.write(alert.as(alert.status(), 1).detectedAt(0)));
        crc.update(Long.toString(alert.at()).getBytes(StandardCharsets.US_ASCII));
        return (int) crc.getValue();
    }

    /** Whether more facts count now, or the alert is revived or cancelled. */
    boolean isOutgrownBy(int nowFacts, boolean nowCancelled) {
        return nowFacts > facts || nowCancelled != cancelled;
    }

    /** Whether the alert does not say what was emitted last. */
    boolean differs(Alert alert) {
        return digest != 0 && digest != digest(alert);
    }

    /** The same after a correction that left fewer facts and changed nothing of what was said. */
    LastEmission of(int fewerFacts) {
        return new LastEmission(revision, Math.min(facts, fewerFacts), cancelled, digest);
    }
}
