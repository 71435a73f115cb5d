package io.atalaya.ops.hotlist;

import io.atalaya.commandline.Count;
import io.atalaya.contracts.hotlist.HotlistEntry;
import io.atalaya.contracts.plate.Vehicle;
import io.atalaya.contracts.vocabulary.Vocabulary;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Collects warnings about values that are loaded but probably wrong. */
final class ListRemarks {
    private static final int SHOWN = 20;
    private static final Set<String> MEXICO = Set.of("", "MX", "MEX");

    private final Map<String, Lines> unknown = new LinkedHashMap<>();
    private final Lines covertWithoutRecipient = new Lines();
    private final Lines over = new Lines();
    private final long now;

    /**
     * @param now epoch ms
     */
    ListRemarks(long now) {
        this.now = now;
    }

    private static final class Lines {
        private long first;
        private int count;

        void add(long line) {
            first = count == 0 ? line : first;
            count++;
        }

        @Override
        public String toString() {
            return Count.of(count, "entry", "entries") + ", the first in line " + first;
        }
    }

    void addRemarks(HotlistEntry entry, long line) {
        check("reason", entry.reason(), Vocabulary.REASONS, line);
        if (entry.country() == null || MEXICO.contains(entry.country())) {
            check("state", entry.state(), Vocabulary.STATES, line);
        }
        Vehicle vehicle = entry.vehicle();
        if (vehicle != null) {
            check("vehicle.make", vehicle.make(), Vocabulary.MAKES, line);
            check("vehicle.color", vehicle.color(), Vocabulary.COLORS, line);
            check("vehicle.type", vehicle.type(), Vocabulary.TYPES, line);
        }
        if (entry.covert() && entry.notified().isEmpty()) {
            covertWithoutRecipient.add(line);
        }
        if (entry.validUntil() != null && entry.validUntil() < now) {
            over.add(line);
        }
    }

    /** One line per warning. */
    List<String> text() {
        List<String> text = new ArrayList<>();
        unknown.entrySet().stream()
                .limit(SHOWN)
                .forEach(
                        value ->
                                text.add(
                                        String.format(
                                                "Warning: %s is not known and stays as it is (%s).",
                                                value.getKey(), value.getValue())));
        if (unknown.size() > SHOWN) {
            text.add("Warning: … and " + (unknown.size() - SHOWN) + " more such values.");
        }
        if (covertWithoutRecipient.count > 0) {
            text.add(
                    "Warning: covert, but notify names no recipient of a match ("
                            + covertWithoutRecipient
                            + ").");
        }
        if (over.count > 0) {
            text.add("Warning: validUntil is past, so that nothing matches (" + over + ").");
        }
        return text;
    }

    private void check(String field, String value, Vocabulary words, long line) {
        if (value != null && !value.isBlank() && !words.isKnown(value)) {
            String shown = field + " \"" + value.replaceAll("\\p{Cntrl}", "?") + '"';
            unknown.computeIfAbsent(shown, v -> new Lines()).add(line);
        }
    }
}
