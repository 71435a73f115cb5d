package io.atalaya.lab.evaluate.hotlist;

import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeSet;

/** The countries of a recording's plates: as the cameras say it, or else as the list does. */
final class Countries {
    private static final String UNKNOWN = "unknown";

    private final Map<String, String> ofReads = new HashMap<>();
    private final Map<String, String> ofEntries = new HashMap<>();
    private final Map<String, Integer> reads = new HashMap<>();

    /**
     * A read; the first of its readId counts.
     *
     * @param country or null
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
     * A version of an entry.
     *
     * @param country or null
     */
    void addEntry(String entryId, String country) {
        if (country != null) {
            ofEntries.put(entryId, code(country));
        }
    }

    /** How many reads there are. */
    int reads() {
        return ofReads.size();
    }

    /** How many reads are said to be of a country. */
    int readsOf(String country) {
        return reads.getOrDefault(country, 0);
    }

    /** The country of a passage that is held against an entry. */
    String of(String entryId, List<String> readIds) {
        for (String readId : readIds) {
            String said = ofReads.getOrDefault(readId, UNKNOWN);
            if (!said.equals(UNKNOWN)) {
                return said;
            }
        }
        return ofEntries.getOrDefault(entryId, UNKNOWN);
    }

    /** In the order of the alphabet: those that cameras say, and {@code others}. */
    List<String> allWith(List<String> others) {
        TreeSet<String> all = new TreeSet<>(others);
        all.addAll(reads.keySet());
        return List.copyOf(all);
    }

    /** One object a code: there are as many reads as a day has. */
    private static String code(String country) {
        return country == null || country.isBlank()
                ? UNKNOWN
                : country.strip().toUpperCase(Locale.ROOT).intern();
    }
}
