package io.atalaya.hotlistmatch.alerting;

import java.util.List;

/**
 * The end of an entry while an alert is open.
 *
 * @param at arrival clock, when the entry stopped looking for the alert's plate; null: it still
 *     does, or did when the alert closed
 * @param facts how many facts of the list have counted for that
 */
record EntryEnd(Long at, int facts) {
    static final EntryEnd NONE = new EntryEnd(null, 0);

    /** More than the expiry that a version seemed to reach before its earlier end was known. */
    private static final int BEFORE_EXPIRY = 2;

    /** From {@code from} on, before {@code to}, on the arrival clock. */
    record Window(long from, long to) {
        boolean holds(long arrival) {
            return from <= arrival && arrival < to;
        }
    }

    /**
     * Follows the versions that look for the same plate: the entry ends when one of them expires or
     * is left without a successor, whichever is first.
     *
     * @param interval the version by which the alert's read matched
     * @param open while the alert is open
     * @param possible while it may have been open before all facts were known: facts count, so that
     *     an end that was told then is outnumbered
     * @param now what lies after it has not expired yet
     */
    static EntryEnd of(
            VersionInterval interval,
            List<VersionInterval> intervals,
            Window open,
            Window possible,
            long now) {
        int facts = 0;
        VersionInterval last = interval;
        while (last != null) {
            Long until = last.version().entry().validUntil();
            boolean expires = until != null && possible.holds(until);
            if (until != null && until < last.to()) {
                boolean expired = expires && until <= now;
                return new EntryEnd(
                        expired && open.holds(until) ? until : null, expired ? facts + 1 : facts);
            }
            if (last.to() == VersionInterval.OPEN) {
                break;
            }
            facts += expires ? BEFORE_EXPIRY : 0;
            if (!last.replaced()) {
                boolean counts = !expires && possible.holds(last.to());
                return new EntryEnd(
                        open.holds(last.to()) ? last.to() : null, counts ? facts + 1 : facts);
            }
            last = successor(last, intervals);
        }
        return new EntryEnd(null, facts);
    }

    private static VersionInterval successor(
            VersionInterval interval, List<VersionInterval> intervals) {
        for (VersionInterval other : intervals) {
            if (other != interval && other.from() == interval.to()) {
                return other;
            }
        }
        return null;
    }
}
