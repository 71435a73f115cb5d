package io.atalaya.hotlistmatch.crosscheck;

import io.atalaya.hotlistmatch.event.CovertVersion;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/** The covert versions of one entry, oldest first, as long as an open anomaly may ask for them. */
public record CovertHistory(List<CovertVersion> versions) {
    private static final int MAX = 16;

    /** With a version's start or end taken in. */
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

    /** Without the versions that ended before an arrival. */
    CovertHistory since(long arrival) {
        return new CovertHistory(
                versions.stream().filter(version -> version.to() >= arrival).toList());
    }
}
