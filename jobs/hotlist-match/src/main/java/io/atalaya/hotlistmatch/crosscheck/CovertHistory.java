package io.atalaya.hotlistmatch.crosscheck;

import io.atalaya.contracts.hotlist.HotlistEntry;
import io.atalaya.contracts.hotlist.PlatePattern;
import io.atalaya.contracts.plate.CanonicalPlate;
import io.atalaya.contracts.plate.MatchKind;
import io.atalaya.contracts.plate.PlateComparison;
import io.atalaya.contracts.rfid.TagKey;
import io.atalaya.hotlistmatch.event.CovertVersion;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/**
 * The covert versions of one entry, oldest first, kept while an open finding may need them, and
 * whether a finding touches the vehicle of one. Doubtful cases count as touched.
 */
public record CovertHistory(List<CovertVersion> versions) {
    private static final int MAX = 16;

    /** Returns the history with a version's start or end applied. */
    static CovertHistory with(CovertHistory old, CovertVersion emitted) {
        List<CovertVersion> all = new ArrayList<>(old == null ? List.of() : old.versions);
        CovertVersion known = null;
        for (CovertVersion version : all) {
            if (version.inForceFrom() == emitted.inForceFrom()
                    && version.entry().equals(emitted.entry())) {
                known = version;
            }
        }
        // One that ended when it started can start again, because the records of one batch share
        // one arrival time.
        if (known != null
                && known.inForceTo() <= emitted.inForceTo()
                && known.inForceTo() != known.inForceFrom()) {
            return old;
        }
        all.remove(known);
        all.add(emitted);
        all.sort(Comparator.comparingLong(CovertVersion::inForceFrom));
        return new CovertHistory(
                List.copyOf(all.subList(Math.max(0, all.size() - MAX), all.size())));
    }

    /** Drops the versions that ended before this arrival time. */
    CovertHistory since(long arrival) {
        return new CovertHistory(
                versions.stream().filter(version -> version.inForceTo() >= arrival).toList());
    }

    /**
     * Whether the version names one of the finding's vehicles and was in force between the arrival
     * of the first evidence and the end of {@link CrossCheckFinding#OPEN_MS}.
     */
    static boolean touches(CovertVersion version, CrossCheckFinding crossCheckFinding) {
        return version.inForceFrom() <= crossCheckFinding.arrivalTime() + CrossCheckFinding.OPEN_MS
                && version.inForceTo() > crossCheckFinding.arrivalTime()
                && isValid(version.entry(), crossCheckFinding)
                && (namesPlate(version.entry(), crossCheckFinding)
                        || namesTag(version.entry(), crossCheckFinding));
    }

    private static boolean isValid(HotlistEntry entry, CrossCheckFinding crossCheckFinding) {
        long time = crossCheckFinding.derivedAlert().lifecycle().deviceTime();
        return (entry.validUntil() == null || entry.validUntil() >= time)
                && (entry.validFrom() == null
                        || entry.validFrom() <= time + CrossCheckFinding.OPEN_MS);
    }

    private static boolean namesPlate(HotlistEntry entry, CrossCheckFinding crossCheckFinding) {
        return crossCheckFinding.plates().stream()
                .filter(CanonicalPlate::isPlate)
                .mapToLong(CanonicalPlate::pack)
                .anyMatch(plate -> isListed(entry, plate));
    }

    /** Look-alike plates match too, because a misread must not reveal a covert vehicle. */
    private static boolean isListed(HotlistEntry entry, long plate) {
        if (entry.plate() != null) {
            MatchKind kind = PlateComparison.kind(plate, CanonicalPlate.pack(entry.plate()));
            return kind == MatchKind.EXACT || kind == MatchKind.CONFUSABLE;
        }
        if (entry.pattern() == null) {
            return false;
        }
        byte[] symbols = new byte[CanonicalPlate.MAX_LENGTH];
        int length = CanonicalPlate.unpack(CanonicalPlate.fold(plate), symbols);
        return PlatePattern.compile(entry.pattern(), true).matches(symbols, length);
    }

    private static boolean namesTag(HotlistEntry entry, CrossCheckFinding crossCheckFinding) {
        return entry.tagId() != null
                && crossCheckFinding.tags().stream()
                        .anyMatch(tag -> TagKey.isSame(tag, entry.tagId()));
    }
}
