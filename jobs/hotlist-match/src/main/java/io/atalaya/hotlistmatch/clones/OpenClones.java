package io.atalaya.hotlistmatch.clones;

import java.util.ArrayList;
import java.util.List;

/** The clones of one folded plate that may still take in more, and what was last said of them. */
public record OpenClones(List<Open> all) {
    static final OpenClones NONE = new OpenClones(List.of());

    /** More than one a day, or more than one plate, hardly ever fall under one folded plate. */
    private static final int MAX = 16;

    /**
     * @param revision last sent on
     * @param takenBack it was taken back
     * @param at arrival of what last changed it, epoch ms
     */
    public record Open(Anchor anchor, int revision, boolean takenBack, long at) {}

    Open of(Anchor anchor) {
        for (Open open : all) {
            if (open.anchor().equals(anchor)) {
                return open;
            }
        }
        return null;
    }

    List<Anchor> anchors(long plate) {
        return all.stream().map(Open::anchor).filter(anchor -> anchor.plate() == plate).toList();
    }

    OpenClones with(Open added) {
        List<Open> next = new ArrayList<>(all);
        int at = 0;
        while (at < next.size() && !next.get(at).anchor().equals(added.anchor())) {
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

    OpenClones since(long arrival) {
        return new OpenClones(all.stream().filter(open -> open.at() >= arrival).toList());
    }
}
