package io.atalaya.hotlistmatch.crosscheck;

/**
 * One anomaly, and what consumers last saw of it.
 *
 * @param facts that the last emitted revision counted
 * @param revision last emitted, 0 before the first
 * @param cancelled the last emitted revision took it back
 * @param isNews the detector has said more since
 */
public record CrossCheckAlertState(
        CrossCheckFinding latest, long facts, long revision, boolean cancelled, boolean isNews) {

    boolean isEmitted() {
        return revision > 0;
    }

    /** As far as the arrival clock has to come for it to be forgotten. */
    long keptUntil() {
        return Math.max(latest.derivedAlert().at(), revision) + CrossCheckFinding.KEEP_MS;
    }

    /** With what the detector said next. */
    static CrossCheckAlertState of(CrossCheckFinding next, CrossCheckAlertState old) {
        if (old == null) {
            return new CrossCheckAlertState(next, 0, 0, false, true);
        }
        boolean says = next.derivedAlert().revision() > old.latest.derivedAlert().revision();
        return new CrossCheckAlertState(
                next, old.facts, old.revision, old.cancelled, old.isNews || says);
    }
}
