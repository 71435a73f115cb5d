package io.atalaya.hotlistmatch.crosscheck;

import io.atalaya.contracts.alert.Alert;
import io.atalaya.contracts.alert.AlertCodec;
import io.atalaya.contracts.topic.Traceable;
import io.atalaya.hotlistmatch.event.ReadOrigin;

import java.util.List;
import java.util.Objects;

/**
 * A detector's finding: an alert without the parts that only {@link CrossCheckAlertFunction} knows.
 * A later finding with the same alertId replaces it entirely.
 *
 * @param derivedAlert without site and coordinates, {@code detectedAt} 0, {@code covert} and {@code
 *     notify} as far as the detector knows; status NEW, or CANCELLED for a retraction; its revision
 *     orders the findings of one alert
 * @param plates of all vehicles that the alert touches, as read, listed or registered
 * @param tags of those vehicles
 * @param arrivalTime arrival time of the first evidence, epoch ms
 * @param read the last read that changed the finding, as far as the detector knows
 */
public record CrossCheckFinding(
        Alert derivedAlert,
        List<String> plates,
        List<String> tags,
        long arrivalTime,
        ReadOrigin read)
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

    public boolean isCancelled() {
        return derivedAlert.status() == Alert.Status.CANCELLED;
    }

    /**
     * A checksum of the contents, to compare them with those of the last finding; the same in every
     * run.
     */
    public int digest() {
        return Objects.hash(AlertCodec.digest(derivedAlert), plates, tags, arrivalTime);
    }

    /** The same finding, emitted after one with this revision. */
    public CrossCheckFinding after(long lastRevision) {
        long revision = Alert.revisionAfter(lastRevision, derivedAlert.revision());
        return with(derivedAlert.as(derivedAlert.status(), revision));
    }

    /** The same finding, caused at another arrival time, epoch ms. */
    public CrossCheckFinding withCausedAt(long at) {
        return with(derivedAlert.withCausedAt(at));
    }

    /** The same finding, changed by this read. */
    public CrossCheckFinding by(ReadOrigin cause) {
        return new CrossCheckFinding(derivedAlert, plates, tags, arrivalTime, cause);
    }

    /** The same finding, retracted by an event that arrived at {@code at}. */
    public CrossCheckFinding cancelled(long at) {
        long revision = Alert.revisionAfter(derivedAlert.revision(), at);
        return with(derivedAlert.as(Alert.Status.CANCELLED, revision).withCausedAt(at));
    }

    private CrossCheckFinding with(Alert alert) {
        return new CrossCheckFinding(alert, plates, tags, arrivalTime, read);
    }
}
