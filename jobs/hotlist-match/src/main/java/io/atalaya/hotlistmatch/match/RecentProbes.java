package io.atalaya.hotlistmatch.match;

import java.util.ArrayList;
import java.util.List;

/**
 * The last probes whose prefilter may have known more changes than their bucket, oldest first;
 * entries that reach the bucket later are compared with them.
 */
public record RecentProbes(List<Probe> probes) {
    private static final int MAX = 64;

    static final RecentProbes NONE = new RecentProbes(List.of());

    RecentProbes with(Probe probe) {
        int from = Math.max(0, probes.size() + 1 - MAX);
        List<Probe> kept = new ArrayList<>(probes.subList(from, probes.size()));
        // Images are never state.
        kept.add(probe.with(null));
        return new RecentProbes(List.copyOf(kept));
    }
}
