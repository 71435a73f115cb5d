package io.atalaya.hotlistmatch.crosscheck;

import io.atalaya.contracts.alert.Alert;
import io.atalaya.contracts.alert.AlertCodec;
import io.atalaya.contracts.topic.Traceable;
import io.atalaya.hotlistmatch.event.ReadOrigin;

import java.util.List;

/**
 * What a detector found: an alert without what only the anomaly step knows. A later fact of the
 * same alertId says everything anew.
 *
 * @param derivedAlert with site and coordinates absent, {@code detectedAt} 0, and {@code covert}
 *     and {@code notify} as far as the detector knows; status NEW, UPDATED, or CANCELLED: taken
 *     back
 * @param plates as read, listed or registered, of all vehicles that the alert touches
 * @param tags of those vehicles
 * @param arrival when the first evidence had arrived, epoch ms
 * @param read that was the last to change it, as far as the detector knows
 */
public record CrossCheckFinding(
        Alert derivedAlert, List<String> plates, List<String> tags, long arrival, ReadOrigin read)
        implements Traceable {

    /** How long after its first evidence an anomaly takes in more, on the arrival clock. */
    public static final long OPEN_MS = 24L * 60 * 60 * 1000;

    /** So long it is kept: detectors go on revising somewhat longer, by what came late. */
    public static final long KEEP_MS = OPEN_MS + 2L * 60 * 60 * 1000;

    public String alertId() {
        return derivedAlert.alertId();
    }

    @Override
    public Origin origin() {
        return Origin.of(read.deviceId(), read.address(), AlertCodec.write(derivedAlert));
    }

    public boolean isTakenBack() {
        return derivedAlert.status() == Alert.Status.CANCELLED;
    }

    /** The same, of that revision. */
    public CrossCheckFinding revised(long revision) {
        return new CrossCheckFinding(
                derivedAlert.as(derivedAlert.status(), revision), plates, tags, arrival, read);
    }

    /** The same, changed by that read. */
    public CrossCheckFinding by(ReadOrigin cause) {
        return new CrossCheckFinding(derivedAlert, plates, tags, arrival, cause);
    }

    /** The same, taken back by what arrived at {@code at}. */
    public CrossCheckFinding takenBack(long revision, long at) {
        Alert old = derivedAlert;
        return new CrossCheckFinding(
                new Alert(
                        old.alertId(),
                        revision,
                        Alert.Status.CANCELLED,
                        old.type(),
                        old.time(),
                        old.detectedAt(),
                        old.action(),
                        old.startedAt(),
                        old.endedAt(),
                        old.site(),
                        old.device(),
                        old.subject(),
                        old.score(),
                        old.priority(),
                        old.headline(),
                        old.evidence(),
                        old.entry(),
                        old.covert(),
                        old.notified(),
                        at),
                plates,
                tags,
                arrival,
                read);
    }
}
