package io.atalaya.hotlistmatch.crosscheck;

import io.atalaya.contracts.alert.Alert;
import io.atalaya.contracts.alert.AlertCodec;
import io.atalaya.contracts.topic.Traceable;
import io.atalaya.hotlistmatch.event.ReadOrigin;

import java.util.List;

/**
 * A detector's finding: an alert without the parts that only {@link CrossCheckAlertFunction} knows.
 * A later finding with the same alertId replaces it entirely.
 *
 * @param derivedAlert without site and coordinates, {@code detectedAt} 0, {@code covert} and {@code
 *     notify} as far as the detector knows; status NEW, UPDATED, or CANCELLED for a retraction
 * @param plates of all vehicles that the alert touches, as read, listed or registered
 * @param tags of those vehicles
 * @param arrival arrival time of the first evidence, epoch ms
 * @param read the last read that changed the finding, as far as the detector knows
 */
public record CrossCheckFinding(
        Alert derivedAlert, List<String> plates, List<String> tags, long arrival, ReadOrigin read)
        implements Traceable {

    /** How long after its first evidence a finding accepts more, in arrival time: 24 h. */
    public static final long OPEN_MS = 24L * 60 * 60 * 1000;

    /**
     * How long a finding is kept: {@link #OPEN_MS} plus 2 h, because detectors still revise it by
     * late events.
     */
    public static final long KEEP_MS = OPEN_MS + 2L * 60 * 60 * 1000;

    public String alertId() {
        return derivedAlert.alertId();
    }

    @Override
    public Origin origin() {
        return Origin.of(read.deviceId(), read.address(), AlertCodec.write(derivedAlert));
    }

    /** The read in words, for the log. */
    public String cause() {
        return "read " + read.address() + " of " + read.deviceId();
    }

    public boolean isTakenBack() {
        return derivedAlert.status() == Alert.Status.CANCELLED;
    }

    /** The same finding with this revision. */
    public CrossCheckFinding revised(long revision) {
        return new CrossCheckFinding(
                derivedAlert.as(derivedAlert.status(), revision), plates, tags, arrival, read);
    }

    /** The same finding, changed by this read. */
    public CrossCheckFinding by(ReadOrigin cause) {
        return new CrossCheckFinding(derivedAlert, plates, tags, arrival, cause);
    }

    /** The same finding, retracted by an event that arrived at {@code at}. */
    public CrossCheckFinding takenBack(long revision, long at) {
        return new CrossCheckFinding(
                derivedAlert.as(Alert.Status.CANCELLED, revision).withCausedAt(at),
                plates,
                tags,
                arrival,
                read);
    }
}
