package io.atalaya.hotlistmatch.alerting;

import java.util.List;

/**
 * The end of an entry while an alert is open.
 *
 * @param at arrival time at which the entry stopped looking for the alert's plate, epoch ms; null:
 *     it still does, or did when the alert closed
 * @param facts number of facts of the list that contributed
 */
record EntryEnd(Long at, int facts) {
    static final EntryEnd NONE = new EntryEnd(null, 0);

    /**
     * Weight of an end before the expiry; it exceeds the weight of the expiry, which may have been
     * emitted before the end was known.
     */
    private static final int BEFORE_EXPIRY = 2;

    /** Interval of arrival time, from {@code from} inclusive to {@code to} exclusive, epoch ms. */
    record Window(long from, long to) {
        boolean holds(long arrival) {
            return from <= arrival && arrival < to;
        }
    }

    /**
     * Follows the versions that look for the same plate: the entry ends when one of them expires or
     * ends without successor, whichever is first.
     *
     * @param interval the version that the alert's read matched
     * @param open while the alert is open
     * @param possible while it may have been open before all facts were known; facts in it count,
     *     so that they outnumber an end that was emitted then
     * @param now watermark; an expiry after it has not happened yet
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
