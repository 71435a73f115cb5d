package io.atalaya.lab.evaluate.hotlist;

import io.atalaya.lab.evaluate.hotlist.HotlistEvaluator.EvaluatedAlert;
import io.atalaya.simulator.truth.GroundTruth.WantedPassage;

import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeSet;
import java.util.function.Function;

/** The countries of a recording's plates: as sent by the cameras, otherwise as listed. */
final class Countries {
    private static final String UNKNOWN = "unknown";

    private final Map<String, String> ofReads = new HashMap<>();
    private final Map<String, String> ofEntries = new HashMap<>();
    private final Map<String, Integer> reads = new HashMap<>();

    /**
     * What concerns one country.
     *
     * @param reads reads whose camera names the country; 0 if no camera does
     */
    record Part(
            String country,
            int reads,
            List<WantedPassage> wanted,
            List<EvaluatedAlert> shown,
            List<EvaluatedAlert> scored) {}

    /**
     * Adds a read; only the first read of a readId counts.
     *
     * @param country country code or null
     * @return whether it is the first
     */
    boolean addRead(String readId, String country) {
        String code = code(country);
        boolean isNew = ofReads.putIfAbsent(readId, code) == null;
        if (isNew && !code.equals(UNKNOWN)) {
            reads.merge(code, 1, Integer::sum);
        }
        return isNew;
    }

    /**
     * Adds a version of an entry.
     *
     * @param country country code or null
     */
    void addEntry(String entryId, String country) {
        if (country != null) {
            ofEntries.put(entryId, code(country));
        }
    }

    /** Number of reads. */
    int reads() {
        return ofReads.size();
    }

    /** The parts in alphabetical order; empty if all plates are of one country. */
    List<Part> parts(
            List<WantedPassage> wanted, List<EvaluatedAlert> shown, List<EvaluatedAlert> scored) {
        TreeSet<String> countries = new TreeSet<>(reads.keySet());
        wanted.forEach(passage -> countries.add(of(passage)));
        shown.forEach(alert -> countries.add(of(alert)));
        return countries.size() < 2
                ? List.of()
                : countries.stream()
                        .map(
                                country ->
                                        new Part(
                                                country,
                                                reads.getOrDefault(country, 0),
                                                only(country, wanted, this::of),
                                                only(country, shown, this::of),
                                                only(country, scored, this::of)))
                        .toList();
    }

    private static <T> List<T> only(String country, List<T> all, Function<T, String> countryOf) {
        return all.stream().filter(each -> countryOf.apply(each).equals(country)).toList();
    }

    private String of(WantedPassage passage) {
        return of(passage.entryId(), List.of(passage.readId()));
    }

    private String of(EvaluatedAlert alert) {
        return of(alert.alert().entryId(), alert.alert().reads());
    }

    private String of(String entryId, List<String> readIds) {
        return readIds.stream()
                .map(id -> ofReads.getOrDefault(id, UNKNOWN))
                .filter(country -> !country.equals(UNKNOWN))
                .findFirst()
                .orElseGet(() -> ofEntries.getOrDefault(entryId, UNKNOWN));
    }

    /** Interned to one object per code, because a day has millions of reads. */
    private static String code(String country) {
        return country == null || country.isBlank()
                ? UNKNOWN
                : country.strip().toUpperCase(Locale.ROOT).intern();
    }
}
