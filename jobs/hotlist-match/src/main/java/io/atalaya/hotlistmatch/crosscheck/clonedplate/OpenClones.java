package io.atalaya.hotlistmatch.crosscheck.clonedplate;

import io.atalaya.hotlistmatch.event.VehicleTag;

import java.util.ArrayList;
import java.util.List;

/** The clones of one folded plate that may still take in more, and what was last said of them. */
public record OpenClones(List<Open> all) {
    static final OpenClones NONE = new OpenClones(List.of());

    /** More than one a day, or more than one plate, hardly ever fall under one folded plate. */
    private static final int MAX = 16;

    /**
     * @param revision last sent on
     * @param tags last told of: known also when the sightings are no longer kept
     * @param digest of what was last said; 0: not known
     * @param takenBack it was taken back
     * @param at arrival of what last changed it, epoch ms
     */
    public record Open(
            CloneKey anchor,
            long revision,
            boolean takenBack,
            long at,
            int digest,
            List<VehicleTag> tags) {}

    Open of(CloneKey anchor) {
        for (Open open : all) {
            if (open.anchor().isSame(anchor)) {
                return open;
            }
        }
        return null;
    }

    List<Open> of(long plate) {
        return all.stream().filter(open -> open.anchor().plate() == plate).toList();
    }

    OpenClones with(Open added) {
        List<Open> next = new ArrayList<>(all);
        int at = 0;
        while (at < next.size() && !next.get(at).anchor().isSame(added.anchor())) {
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

    /** Arrival of what last changed any of them, or the least there is. */
    long lastAt() {
        return all.stream().mapToLong(Open::at).max().orElse(Long.MIN_VALUE);
    }

    OpenClones since(long arrival) {
        return new OpenClones(all.stream().filter(open -> open.at() >= arrival).toList());
    }
}
