package io.atalaya.hotlistmatch.crosscheck;

/**
 * One cross-check finding and what was last emitted of it.
 *
 * @param revision last emitted; 0 before the first emission
 * @param digest {@link io.atalaya.contracts.alert.AlertCodec#digest} of the last emitted contents,
 *     before the status became UPDATED
 */
public record CrossCheckAlertState(CrossCheckFinding latest, long revision, int digest) {

    boolean isEmitted() {
        return revision > 0;
    }

    /** The watermark at which the state is dropped. */
    long keptUntil() {
        return Math.max(latest.derivedAlert().causedAt(), revision) + CrossCheckFinding.KEEP_MS;
    }

    /** Returns the state with the detector's next version of the finding. */
    static CrossCheckAlertState of(CrossCheckFinding next, CrossCheckAlertState old) {
        return old == null
                ? new CrossCheckAlertState(next, 0, 0)
                : new CrossCheckAlertState(next, old.revision, old.digest);
    }
}
