package io.atalaya.hotlistmatch.score;

import io.atalaya.contracts.plate.CanonicalPlate;
import io.atalaya.contracts.plate.MexicanSeries;

import java.util.Locale;

/**
 * Which texts can be plates of a country, and how many vehicles to expect behind each. The more
 * exactly this is known, the more often a misread is recognised as no plate.
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

        /** The letters I, O and Q are not issued. */
        private boolean isIssued(byte symbol) {
            return symbol > NINE && (symbol == D || CanonicalPlate.isCanonical(symbol));
        }
    },

    /** Three letters and four digits; since 2018 the second digit may be a letter (Mercosur). */
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

    /**
     * United States and Canada: each state has its own series, with hardly any of eight characters.
     */
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
     * Share of the plates of a Mexican series that drive here. Guess, not measured: issued series
     * are dense, but many of their vehicles are scrapped or elsewhere.
     */
    static final double ON_THE_ROAD = 0.08;

    /** The same share of listed plates: most were stolen long ago. Guess. */
    private static final double LISTED_ON_THE_ROAD = 0.33;

    /**
     * The same share for another country. Its series are as dense, but few of its vehicles are
     * here; a listed one is assumed to be here. Guess.
     */
    private static final double ABROAD = 0.01;

    /** The same share for personalised plates and a few lorries. Guess. */
    private static final double HARDLY_ANY = ABROAD / 100;

    private static final int ZERO = 1;
    private static final int ONE = 2;
    private static final int NINE = 10;
    private static final int D = 14;

    /**
     * Expected number of vehicles here whose plate is this text.
     *
     * @param symbols canonical
     */
    abstract double occupancy(byte[] symbols, int length);

    /** Whether a text can be a plate of the country. */
    public final boolean canBePlate(String text) {
        byte[] symbols = new byte[CanonicalPlate.MAX_LENGTH];
        return occupancy(symbols, CanonicalPlate.unpack(CanonicalPlate.pack(text), symbols)) > 0;
    }

    /** Converts {@link #occupancy} to vehicles per listed vehicle that is here. */
    double perListed() {
        return 1;
    }

    /**
     * Whether plates of this length can have the symbol, as written, at this position; false if the
     * syntax does not define it.
     */
    boolean isWritten(byte symbol, int at, int length) {
        return false;
    }

    /** Whether the symbols, as written, can be a plate; false if the syntax does not define it. */
    final boolean isWritten(byte[] symbols, int length) {
        for (int at = 0; at < length; at++) {
            if (!isWritten(symbols[at], at, length)) {
                return false;
            }
        }
        return length > 0;
    }

    /**
     * @param country ISO 3166 code from the reader; without one, Mexico is assumed
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
     * The syntax for texts near a listed plate: the country's, unless the listed plate does not
     * follow it. Then the reader took a foreign plate for a domestic one, or the plate is of a
     * special kind, so the syntax is {@link #UNKNOWN}.
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

    /** In canonical form D, O and Q are 0, and I is 1. */
    private static boolean isLetter(byte symbol) {
        return symbol > NINE || symbol == ZERO || symbol == ONE;
    }
}
