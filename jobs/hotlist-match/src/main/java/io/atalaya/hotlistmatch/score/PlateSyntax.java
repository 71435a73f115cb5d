package io.atalaya.hotlistmatch.score;

import io.atalaya.contracts.plate.CanonicalPlate;
import io.atalaya.contracts.plate.MexicanSeries;

import java.util.Locale;

/**
 * Which texts can be plates of a country, and how many cars to expect behind one of them. The finer
 * this is known, the more a misread gives itself away as no plate at all.
 */
public enum PlateSyntax {
    MEXICO {
        @Override
        double occupancy(byte[] symbols, int length) {
            return MexicanSeries.isValid(symbols, length) ? ON_THE_ROAD : 0;
        }

        @Override
        double perListed() {
            return 1 / LISTED_ON_THE_ROAD;
        }

        @Override
        boolean isWritten(byte symbol, int at, int length) {
            return switch (length) {
                case 7 ->
                        at < 3 ? isIssued(symbol) : isDigit(symbol) || at == 6 && isIssued(symbol);
                case 6 -> at == 1 || at == 2 ? isDigit(symbol) : isIssued(symbol);
                default -> false;
            };
        }

        /** The letters I, O and Q are not. */
        private boolean isIssued(byte symbol) {
            return symbol > NINE && (symbol == D || CanonicalPlate.isCanonical(symbol));
        }
    },

    /** Three letters and four digits, or since 2018 a letter for the second digit (Mercosur). */
    BRAZIL {
        @Override
        double occupancy(byte[] symbols, int length) {
            return length == 7
                            && isLetter(symbols[0])
                            && isLetter(symbols[1])
                            && isLetter(symbols[2])
                            && isDigit(symbols[3])
                            && isDigit(symbols[5])
                            && isDigit(symbols[6])
                    ? ABROAD
                    : 0;
        }
    },

    /** United States, Canada: each state has its own series, of eight characters hardly any. */
    NORTH_AMERICA {
        @Override
        double occupancy(byte[] symbols, int length) {
            return length <= 7 ? ABROAD : HARDLY_ANY;
        }
    },

    UNKNOWN {
        @Override
        double occupancy(byte[] symbols, int length) {
            return ABROAD;
        }
    };

    /**
     * The share of the plates of a Mexican series that drive here. Guess, not measured; issued
     * series are dense, but many of their cars are scrapped or elsewhere.
     */
    static final double ON_THE_ROAD = 0.08;

    /** The same of listed plates: most were stolen long ago. Guess. */
    private static final double LISTED_ON_THE_ROAD = 0.33;

    /**
     * The same of another country. Its series are as dense, but few of its cars are here, while one
     * that is listed here is thought to be. Guess.
     */
    private static final double ABROAD = 0.01;

    /** Personalised plates and a few lorries. Guess. */
    private static final double HARDLY_ANY = ABROAD / 100;

    private static final int ZERO = 1;
    private static final int ONE = 2;
    private static final int NINE = 10;
    private static final int D = 14;

    /**
     * Expected cars here whose plate is this text.
     *
     * @param symbols canonical
     */
    abstract double occupancy(byte[] symbols, int length);

    /** Whether a text can be a plate of the country. */
    public final boolean mayBe(String text) {
        byte[] symbols = new byte[CanonicalPlate.MAX_LENGTH];
        return occupancy(symbols, CanonicalPlate.unpack(CanonicalPlate.pack(text), symbols)) > 0;
    }

    /** How many cars that is for each listed one that is here. */
    double perListed() {
        return 1;
    }

    /**
     * Whether plates of this length bear the symbol, as written, at this place; false where the
     * syntax does not say.
     */
    boolean isWritten(byte symbol, int at, int length) {
        return false;
    }

    /** Whether the symbols, as written, can be a plate; false where the syntax does not say. */
    final boolean isWritten(byte[] symbols, int length) {
        for (int at = 0; at < length; at++) {
            if (!isWritten(symbols[at], at, length)) {
                return false;
            }
        }
        return length > 0;
    }

    /**
     * @param country ISO 3166 code as the reader gave it; where it gave none, home
     */
    public static PlateSyntax of(String country) {
        if (country == null || country.isEmpty()) {
            return MEXICO;
        }
        return switch (country.toUpperCase(Locale.ROOT)) {
            case "MX" -> MEXICO;
            case "BR" -> BRAZIL;
            case "US", "CA" -> NORTH_AMERICA;
            default -> UNKNOWN;
        };
    }

    /**
     * The syntax by which texts near a listed plate are judged: the country's, unless the listed
     * plate is itself none of it. Then the reader took a foreign plate for one of the country's, or
     * the plate is of a special kind, and nothing is known of what its like can be.
     *
     * @param listed canonical symbols of the listed plate
     */
    static PlateSyntax of(String country, byte[] listed, int length) {
        PlateSyntax syntax = of(country);
        return syntax.occupancy(listed, length) > 0 ? syntax : UNKNOWN;
    }

    private static boolean isDigit(byte symbol) {
        return symbol <= NINE;
    }

    /** In canonical form D, O and Q are a 0 and I is a 1. */
    private static boolean isLetter(byte symbol) {
        return symbol > NINE || symbol == ZERO || symbol == ONE;
    }
}
