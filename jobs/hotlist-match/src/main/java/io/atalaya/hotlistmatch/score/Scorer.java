package io.atalaya.hotlistmatch.score;

import io.atalaya.alert.HotlistEvidence.Part;
import io.atalaya.hotlist.MatchMode;
import io.atalaya.hotlist.PlatePattern;
import io.atalaya.plate.Candidate;
import io.atalaya.plate.CanonicalPlate;
import io.atalaya.plate.ConfusionModel;
import io.atalaya.plate.MatchKind;
import io.atalaya.plate.PlateComparison;
import io.atalaya.plate.PlateRead;
import io.atalaya.plate.Vehicle;
import io.atalaya.vocabulary.Vocabulary;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * The posterior that the vehicle read is the listed one.
 *
 * <p>In odds: a listed car is one car among many, so its prior and every other car's cancel, and
 * what remains is the probability that the listed plate reads as this text, over the expected
 * number of other cars that would ({@link Population}); times the likelihood ratio of each further
 * piece of evidence. With a million entries in one syntax nearly every read has some entry one edit
 * away: only an honest denominator keeps those silent.
 *
 * <p>Not thread-safe: one instance an operator.
 */
public final class Scorer {
    /**
     * What a camera says of the share of its reads that are right, where it is not better known.
     */
    private static final double USUAL_CONFIDENCE = 0.9;

    private static final double MIN_DOUBT = 0.2;
    private static final double MAX_DOUBT = 6;

    /** A wrong read offers the truth among its alternatives in 60 %, a chance text in about 2 %. */
    private static final double AMONG_ALTERNATIVES = Math.log(0.6 / 0.02);

    private static final double NOT_AMONG_ALTERNATIVES = Math.log(0.4 / 0.98);

    /**
     * Recognised make, colour and type are right in 93 %; chance agreement by the commonest values.
     */
    private static final Attribute MAKE =
            new Attribute("make", "marca", "make", Vocabulary.MAKES, 0.93, 0.15);

    private static final Attribute COLOR =
            new Attribute("color", "color", "colour", Vocabulary.COLORS, 0.93, 0.20);
    private static final Attribute TYPE =
            new Attribute("type", "tipo", "type", Vocabulary.TYPES, 0.93, 0.25);

    /**
     * A listed plate on another car is itself of interest: looks alone never silence a good read.
     */
    private static final double WORST_LOOKS = -3;

    private static final double MIN_LOOKS_CONFIDENCE = 0.5;
    private static final double SAME_STATE = Math.log(2);
    private static final double OTHER_STATE = Math.log(0.2);

    /** Free characters of a pattern, by the mean number of symbols that a position takes. */
    private static final double SYMBOLS_PER_WILDCARD = 15;

    private static final int WILDCARDS_PER_RUN = 2;

    private record Attribute(
            String name, String es, String en, Vocabulary words, double right, double chance) {
        double agree() {
            return Math.log(right / chance);
        }

        double disagree() {
            return Math.log((1 - right) / (1 - chance));
        }
    }

    private final Population population = new Population();
    private final byte[] readSymbols = new byte[CanonicalPlate.MAX_LENGTH];
    private final byte[] listedSymbols = new byte[CanonicalPlate.MAX_LENGTH];

    /** The score, or null if no text of the read is as near as the entry asks for. */
    public Score score(Listed listed, PlateRead read) {
        Nearest nearest = listed.isPattern() ? byPattern(listed, read) : byPlate(listed, read);
        if (nearest == null) {
            return null;
        }
        List<Part> parts = new ArrayList<>(6);
        if (listed.isPattern()) {
            parts.add(pattern(listed));
        } else {
            characters(listed, read, nearest, parts);
        }
        state(listed, read, parts);
        looks(listed.vehicle(), read.vehicle(), parts);
        double logOdds = 0;
        for (Part part : parts) {
            logOdds += part.logOdds();
        }
        return new Score(
                1 / (1 + Math.exp(-logOdds)), nearest.kind(), nearest.text(), List.copyOf(parts));
    }

    private record Nearest(String kind, String text) {}

    private static Nearest byPlate(Listed listed, PlateRead read) {
        String text = read.plate();
        MatchKind best = PlateComparison.kind(CanonicalPlate.pack(text), listed.plate());
        for (Candidate candidate : read.candidates()) {
            MatchKind kind =
                    PlateComparison.kind(CanonicalPlate.pack(candidate.plate()), listed.plate());
            if (kind.compareTo(best) < 0) {
                best = kind;
                text = candidate.plate();
            }
        }
        return best.ordinal() <= limit(listed.match()).ordinal()
                ? new Nearest(best.name(), text)
                : null;
    }

    private static MatchKind limit(MatchMode mode) {
        return switch (mode) {
            case EXACT -> MatchKind.EXACT;
            case CONFUSABLE -> MatchKind.CONFUSABLE;
            case FUZZY -> MatchKind.FUZZY;
        };
    }

    private static Nearest byPattern(Listed listed, PlateRead read) {
        boolean folded = listed.match() != MatchMode.EXACT;
        PlatePattern pattern = PlatePattern.compile(listed.pattern(), folded);
        if (matches(pattern, folded, read.plate())) {
            return new Nearest("PATTERN", read.plate());
        }
        for (Candidate candidate : read.candidates()) {
            if (matches(pattern, folded, candidate.plate())) {
                return new Nearest("PATTERN", candidate.plate());
            }
        }
        return null;
    }

    private static boolean matches(PlatePattern pattern, boolean folded, String text) {
        long packed = CanonicalPlate.pack(text);
        byte[] symbols = new byte[CanonicalPlate.MAX_LENGTH];
        return pattern.matches(
                symbols,
                CanonicalPlate.unpack(folded ? CanonicalPlate.fold(packed) : packed, symbols));
    }

    private static Part pattern(Listed listed) {
        int free = 0;
        for (int i = 0; i < listed.pattern().length(); i++) {
            char c = listed.pattern().charAt(i);
            free += c == '?' ? 1 : c == '*' ? WILDCARDS_PER_RUN : 0;
        }
        double cars = PlateSyntax.ISSUED * Math.pow(SYMBOLS_PER_WILDCARD, free);
        return new Part(
                "pattern",
                -Math.log(Math.max(cars, Population.DUPLICATE)),
                String.format(
                        Locale.ROOT,
                        "la placa cumple el patrón; lo cumplen unos %.0f vehículos",
                        Math.max(1, cars)),
                String.format(
                        Locale.ROOT,
                        "the plate fits the pattern; about %.0f vehicles do",
                        Math.max(1, cars)));
    }

    /** Characters against the population, then the read's confidence, then its alternatives. */
    private void characters(Listed listed, PlateRead read, Nearest nearest, List<Part> parts) {
        long top = CanonicalPlate.pack(read.plate());
        PlateSyntax syntax = PlateSyntax.of(read.country());
        boolean exact = top == listed.plate();
        int readLength = CanonicalPlate.unpack(top, readSymbols);
        int listedLength = CanonicalPlate.unpack(listed.plate(), listedSymbols);
        double match =
                ConfusionModel.logProbability(readSymbols, readLength, listedSymbols, listedLength);
        double bearing = exact ? Population.DUPLICATE : population.bearing(top, syntax);
        double misread = population.misread(top, syntax);
        double characters = match - Math.log(bearing + misread);
        parts.add(
                new Part(
                        "characters",
                        characters,
                        spanish(nearest.kind(), bearing, exact),
                        english(nearest.kind(), bearing, exact)));

        double doubt = doubt(read.confidence());
        double doubted =
                (exact ? match : match + Math.log(doubt)) - Math.log(bearing + misread * doubt);
        parts.add(
                new Part(
                        "confidence",
                        doubted - characters,
                        String.format(
                                Locale.ROOT,
                                "el lector confía en su lectura al %.0f %%",
                                100 * read.confidence()),
                        String.format(
                                Locale.ROOT,
                                "the reader trusts its read to %.0f %%",
                                100 * read.confidence())));

        if (!exact && !read.candidates().isEmpty()) {
            alternatives(listed, read, top, parts);
        }
    }

    private static void alternatives(Listed listed, PlateRead read, long top, List<Part> parts) {
        boolean others = false;
        boolean among = false;
        for (Candidate candidate : read.candidates()) {
            long packed = CanonicalPlate.pack(candidate.plate());
            others |= packed != top;
            among |= packed == listed.plate();
        }
        if (among) {
            parts.add(
                    new Part(
                            "alternatives",
                            AMONG_ALTERNATIVES,
                            "la placa buscada está entre las lecturas alternativas",
                            "the listed plate is among the read's alternatives"));
        } else if (others) {
            parts.add(
                    new Part(
                            "alternatives",
                            NOT_AMONG_ALTERNATIVES,
                            "la placa buscada no está entre las lecturas alternativas",
                            "the listed plate is not among the read's alternatives"));
        }
    }

    /** How much likelier a misread is than usual, by what the reader says of itself. */
    private static double doubt(double confidence) {
        double odds = (1 - confidence) / Math.max(confidence, 1e-3);
        double usual = (1 - USUAL_CONFIDENCE) / USUAL_CONFIDENCE;
        return Math.min(MAX_DOUBT, Math.max(MIN_DOUBT, odds / usual));
    }

    private static void state(Listed listed, PlateRead read, List<Part> parts) {
        if (isBlank(listed.state()) || isBlank(read.state())) {
            return;
        }
        boolean same = Vocabulary.STATES.same(listed.state(), read.state());
        parts.add(
                new Part(
                        "state",
                        same ? SAME_STATE : OTHER_STATE,
                        (same ? "mismo estado: " : "otro estado: ") + read.state(),
                        (same ? "same state: " : "another state: ") + read.state()));
    }

    private static void looks(Vehicle listed, Vehicle seen, List<Part> parts) {
        if (listed == null
                || seen == null
                || (seen.confidence() != null && seen.confidence() < MIN_LOOKS_CONFIDENCE)) {
            return;
        }
        int before = parts.size();
        look(MAKE, listed.make(), seen.make(), parts);
        look(COLOR, listed.color(), seen.color(), parts);
        look(TYPE, listed.type(), seen.type(), parts);
        double sum = 0;
        for (Part part : parts.subList(before, parts.size())) {
            sum += part.logOdds();
        }
        if (sum < WORST_LOOKS) {
            parts.add(
                    new Part(
                            "looks-bound",
                            WORST_LOOKS - sum,
                            "el aspecto por sí solo no descarta una placa",
                            "looks alone do not rule out a plate"));
        }
    }

    private static void look(Attribute attribute, String listed, String seen, List<Part> parts) {
        if (isBlank(listed) || isBlank(seen)) {
            return;
        }
        boolean same = attribute.words().same(listed, seen);
        parts.add(
                new Part(
                        attribute.name(),
                        same ? attribute.agree() : attribute.disagree(),
                        attribute.es()
                                + (same
                                        ? " coincide: " + seen
                                        : " distinto: " + seen + ", buscado " + listed),
                        attribute.en()
                                + (same
                                        ? " agrees: " + seen
                                        : " differs: " + seen + ", listed " + listed)));
    }

    private static boolean isBlank(String text) {
        return text == null || text.isBlank();
    }

    private static String spanish(String kind, double bearing, boolean exact) {
        if (exact) {
            return "los caracteres son iguales";
        }
        String how =
                switch (kind) {
                    case "EXACT" -> "una lectura alternativa es igual";
                    case "CONFUSABLE" -> "sólo difieren caracteres que se confunden";
                    default -> "difiere un carácter";
                };
        return how
                + (bearing > 0
                        ? "; lo leído es una placa posible de otro vehículo"
                        : "; lo leído no es una placa que exista");
    }

    private static String english(String kind, double bearing, boolean exact) {
        if (exact) {
            return "the characters are equal";
        }
        String how =
                switch (kind) {
                    case "EXACT" -> "an alternative read is equal";
                    case "CONFUSABLE" -> "only look-alike characters differ";
                    default -> "one character differs";
                };
        return how
                + (bearing > 0
                        ? "; the text read is a possible plate of another vehicle"
                        : "; the text read is no plate that exists");
    }
}
