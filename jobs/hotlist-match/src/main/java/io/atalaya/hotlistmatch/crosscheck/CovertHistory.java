package io.atalaya.hotlistmatch.crosscheck;

import io.atalaya.hotlistmatch.event.CovertVersion;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/** The covert versions of one entry, oldest first, kept while an open finding may need them. */
public record CovertHistory(List<CovertVersion> versions) {
    private static final int MAX = 16;

    /** Returns the history with a version's start or end applied. */
    static CovertHistory with(CovertHistory old, CovertVersion emitted) {
        List<CovertVersion> all = new ArrayList<>(old == null ? List.of() : old.versions);
        CovertVersion known = null;
        for (CovertVersion version : all) {
            if (version.from() == emitted.from()) {
                known = version;
            }
        }
        if (known != null && known.to() <= emitted.to()) {
            return old;
        }
        all.remove(known);
        all.add(emitted);
        all.sort(Comparator.comparingLong(CovertVersion::from));
        return new CovertHistory(
                List.copyOf(all.subList(Math.max(0, all.size() - MAX), all.size())));
    }

    /** Drops the versions that ended before this arrival time. */
    CovertHistory since(long arrival) {
        return new CovertHistory(
                versions.stream().filter(version -> version.to() >= arrival).toList());
    }
}
