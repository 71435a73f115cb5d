package io.atalaya.hotlistmatch.crosscheck;

/**
 * One cross-check finding and what was last emitted of it.
 *
 * @param facts fact count of the last emitted revision
 * @param revision last emitted; 0 before the first emission
 * @param cancelled whether the last emitted revision cancelled the alert
 * @param isNews whether the detector has emitted a change since
 */
public record CrossCheckAlertState(
        CrossCheckFinding latest, long facts, long revision, boolean cancelled, boolean isNews) {

    boolean isEmitted() {
        return revision > 0;
    }

    /** The watermark at which the state is dropped. */
    long keptUntil() {
        return Math.max(latest.derivedAlert().causedAt(), revision) + CrossCheckFinding.KEEP_MS;
    }

    /** Returns the state with the detector's next version of the finding. */
    static CrossCheckAlertState of(CrossCheckFinding next, CrossCheckAlertState old) {
        if (old == null) {
            return new CrossCheckAlertState(next, 0, 0, false, true);
        }
        boolean says = next.derivedAlert().revision() > old.latest.derivedAlert().revision();
        return new CrossCheckAlertState(
                next, old.facts, old.revision, old.cancelled, old.isNews || says);
    }
}
