package io.atalaya.hotlistmatch.crosscheck.clonedplate;

import io.atalaya.hotlistmatch.event.VehicleTag;

import java.util.ArrayList;
import java.util.List;

/** The clones of one folded plate that are still open, with what was last emitted of each. */
public record OpenClones(List<Open> all) {
    static final OpenClones NONE = new OpenClones(List.of());

    /** A folded plate rarely has more than one clone a day, or more than one plate. */
    private static final int MAX = 16;

    /**
     * An open clone.
     *
     * @param revision last emitted
     * @param changeCount how often its content changed
     * @param isCancelled whether the last finding was a retraction
     * @param changedAt arrival time of the last change, epoch ms
     * @param digest of the last finding
     * @param tags last emitted; they remain known when the reads are no longer stored
     */
    public record Open(
            CloneKey identityKey,
            long revision,
            int changeCount,
            boolean isCancelled,
            long changedAt,
            int digest,
            List<VehicleTag> tags) {}

    Open of(CloneKey anchor) {
        for (Open open : all) {
            if (open.identityKey().isSame(anchor)) {
                return open;
            }
        }
        return null;
    }

    List<Open> of(long plate) {
        return all.stream().filter(open -> open.identityKey().plate() == plate).toList();
    }

    OpenClones with(Open added) {
        List<Open> next = new ArrayList<>(all);
        int at = 0;
        while (at < next.size() && !next.get(at).identityKey().isSame(added.identityKey())) {
            at++;
        }
        if (at < next.size()) {
            next.set(at, added);
        } else {
            next.add(added);
        }
        return new OpenClones(
                List.copyOf(next.subList(Math.max(0, next.size() - MAX), next.size())));
    }

    /** Arrival time of the last change of any clone; {@link Long#MIN_VALUE} without clones. */
    long lastAt() {
        return all.stream().mapToLong(Open::changedAt).max().orElse(Long.MIN_VALUE);
    }

    OpenClones since(long arrival) {
        return new OpenClones(all.stream().filter(open -> open.changedAt() >= arrival).toList());
    }

    /**
     * The identity of a clone: the plate and the first pair of reads that proved it.
     *
     * @param plate packed canonical plate
     * @param first readKey of the earlier read
     * @param second readKey of the later read
     * @param deviceTime device time of the later read, epoch ms: pairs within a day of it are the
     *     same clone
     * @param arrivalTime arrival time of the last of both, epoch ms
     */
    public record CloneKey(
            long plate, String first, String second, long deviceTime, long arrivalTime) {

        /** Whether both name the same plate and pair of reads. */
        boolean isSame(CloneKey other) {
            return plate == other.plate && first.equals(other.first) && second.equals(other.second);
        }
    }
}
