package io.atalaya.lab.evaluate.hotlist;

import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeSet;

/** The countries of a recording's plates: as sent by the cameras, otherwise as listed. */
final class Countries {
    private static final String UNKNOWN = "unknown";

    private final Map<String, String> ofReads = new HashMap<>();
    private final Map<String, String> ofEntries = new HashMap<>();
    private final Map<String, Integer> reads = new HashMap<>();

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

    /** Number of reads with the given country. */
    int readsOf(String country) {
        return reads.getOrDefault(country, 0);
    }

    /** The country of a passage that is compared with an entry. */
    String of(String entryId, List<String> readIds) {
        for (String readId : readIds) {
            String said = ofReads.getOrDefault(readId, UNKNOWN);
            if (!said.equals(UNKNOWN)) {
                return said;
            }
        }
        return ofEntries.getOrDefault(entryId, UNKNOWN);
    }

    /** In alphabetical order: the countries of the reads and {@code others}. */
    List<String> allWith(List<String> others) {
        TreeSet<String> all = new TreeSet<>(others);
        all.addAll(reads.keySet());
        return List.copyOf(all);
    }

    /** Interned to one object per code, because a day has millions of reads. */
    private static String code(String country) {
        return country == null || country.isBlank()
                ? UNKNOWN
                : country.strip().toUpperCase(Locale.ROOT).intern();
    }
}
