package io.atalaya.contracts.vocabulary;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.text.Normalizer;
import java.util.Collections;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/**
 * The meanings of the words of lists and cameras: ROJO and red are one colour, VW and Volkswagen
 * one make. Case, accents and punctuation do not matter. A word may have several meanings
 * (CAMIONETA is a pickup, an SUV or a van); an unknown word means itself.
 *
 * <p>The tables are resources beside this class: a line names a meaning by its code, then its other
 * words. For colours and types the first word is the typical Spanish one.
 */
public enum Vocabulary {
    MAKES,
    COLORS,
    TYPES,
    /** The states of Mexico by their ISO 3166-2 codes. */
    STATES,
    /** The reasons why an entry is on the list. */
    REASONS;

    /**
     * Size of the cache, because values repeat by the million. A flood of new values only costs
     * repeated look-ups.
     */
    private static final int REMEMBERED = 4096;

    private final Map<String, Set<String>> meanings = new HashMap<>();
    private final Map<String, String> spanish = new HashMap<>();
    private final Map<String, Known> remembered = new ConcurrentHashMap<>();

    /**
     * The result of looking up a text.
     *
     * @param meanings those of the whole text, otherwise those of its words ("azul marino", "blanco
     *     con verde"), otherwise the text
     * @param code of the text as a whole; the text itself if it has no code or several
     */
    private record Known(Set<String> meanings, String code) {}

    Vocabulary() {
        String table = name().toLowerCase(Locale.ROOT) + ".csv";
        try (InputStream in = Vocabulary.class.getResourceAsStream(table);
                BufferedReader lines =
                        new BufferedReader(new InputStreamReader(in, StandardCharsets.UTF_8))) {
            for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                String[] words = line.split(",");
                spanish.put(words[0], words[Math.min(1, words.length - 1)]);
                for (String word : words) {
                    meanings.computeIfAbsent(joined(plain(word)), w -> new LinkedHashSet<>())
                            .add(words[0]);
                }
            }
        } catch (IOException e) {
            throw new UncheckedIOException("reading " + table, e);
        }
    }

    /** Whether two texts may mean the same. */
    public boolean isSame(String one, String other) {
        return one.equalsIgnoreCase(other)
                || !Collections.disjoint(known(one).meanings(), known(other).meanings());
    }

    /** Whether every meaning of the first text is also a meaning of the second. */
    public boolean isWithin(String one, String other) {
        return known(other).meanings().containsAll(known(one).meanings());
    }

    /** Whether the text, or a word of it, is in the table. */
    public boolean isKnown(String text) {
        String plain = plain(text);
        return meanings.containsKey(joined(plain)) || !ofWords(plain).isEmpty();
    }

    /** The code of the text as a whole; the text itself if it has no code or several. */
    public String code(String text) {
        return known(text).code();
    }

    /** The typical Spanish word for the text's code; the text itself if it has no code. */
    public String spanish(String text) {
        return spanish.getOrDefault(code(text), text);
    }

    private Known known(String text) {
        Known known = remembered.get(text);
        if (known == null) {
            known = lookUp(text);
            if (remembered.size() >= REMEMBERED) {
                remembered.clear();
            }
            remembered.put(text, known);
        }
        return known;
    }

    private Known lookUp(String text) {
        String plain = plain(text);
        Set<String> whole = meanings.getOrDefault(joined(plain), Set.of());
        Set<String> ofWords = whole.isEmpty() ? ofWords(plain) : whole;
        return new Known(
                ofWords.isEmpty() ? Set.of(joined(plain)) : ofWords,
                whole.size() == 1 ? whole.iterator().next() : text);
    }

    private Set<String> ofWords(String plain) {
        Set<String> all = new LinkedHashSet<>();
        for (String word : plain.split(" ")) {
            all.addAll(meanings.getOrDefault(word, Set.of()));
        }
        return all;
    }

    /**
     * The text in upper case without accents: words of letters and digits, separated by one blank.
     */
    private static String plain(String text) {
        return Normalizer.normalize(text, Normalizer.Form.NFKD)
                .replaceAll("\\p{M}+", "")
                .replaceAll("[^\\p{L}\\p{N}]+", " ")
                .strip()
                .toUpperCase(Locale.ROOT);
    }

    /** Removes the blanks as well, because "pick up" and "D.F." are written in many ways. */
    private static String joined(String plain) {
        return plain.replace(" ", "");
    }
}
