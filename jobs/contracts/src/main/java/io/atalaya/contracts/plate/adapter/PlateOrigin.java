package io.atalaya.contracts.plate.adapter;

import io.atalaya.contracts.vocabulary.Vocabulary;

import java.util.HashMap;
import java.util.Locale;
import java.util.Map;

/**
 * The place that issued a plate, in the words of the contracts.
 *
 * @param country ISO 3166 code of two letters if there is one, otherwise as the vendor wrote it, in
 *     upper case; null if unknown
 * @param state a code of {@link Vocabulary#STATES} for Mexico, otherwise as the vendor wrote it;
 *     null if unknown
 */
public record PlateOrigin(String country, String state) {
    private static final int MAX_COUNTRY = 16;
    private static final int MAX_STATE = 64;
    private static final String HOME = "MX";

    private static final Map<String, String> OF_THREE_LETTERS = new HashMap<>();

    static {
        for (String two : Locale.getISOCountries()) {
            OF_THREE_LETTERS.put(new Locale("", two).getISO3Country(), two);
        }
    }

    /** The origin by the vendor's words, each of which may be null, empty or "Unknown". */
    public static PlateOrigin of(String country, String state) {
        String code = country(country);
        return new PlateOrigin(code, state(code, state));
    }

    private static String country(String text) {
        if (PlateText.isUnknown(text) || text.length() > MAX_COUNTRY) {
            return null;
        }
        String code = text.strip().toUpperCase(Locale.ROOT);
        return OF_THREE_LETTERS.getOrDefault(code, code);
    }

    private static String state(String country, String text) {
        if (PlateText.isUnknown(text) || text.length() > MAX_STATE) {
            return null;
        }
        String state = text.strip();
        if (country == null || country.equals(HOME)) {
            return Vocabulary.STATES.code(state);
        }
        // Drops words that are Mexican states as well: New Mexico is not Mexico, and British
        // Columbia (BC) is not Baja California.
        return Vocabulary.STATES.isKnown(state) ? null : state;
    }
}
