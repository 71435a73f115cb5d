package io.atalaya.hotlistmatch.score;

import io.atalaya.contracts.alert.ScoreContribution;
import io.atalaya.contracts.hotlist.MatchMode;
import io.atalaya.contracts.hotlist.PlatePattern;
import io.atalaya.contracts.plate.CanonicalPlate;
import io.atalaya.contracts.plate.ConfusionModel;
import io.atalaya.contracts.plate.MatchKind;
import io.atalaya.contracts.plate.PlateComparison;
import io.atalaya.contracts.plate.PlateRead;
import io.atalaya.contracts.rfid.RfidRead;
import io.atalaya.contracts.text.Message;
import io.atalaya.contracts.text.MessageCode;

import java.util.ArrayList;
import java.util.List;
import java.util.OptionalDouble;

/**
 * The posterior probability that the vehicle read is the listed one.
 *
 * <p>In odds: a listed vehicle is one among many, so its prior and that of every other vehicle
 * cancel. What remains is the probability that the listed plate is read as this text, divided by
 * the expected number of other vehicles that would be ({@link Population}), times the likelihood
 * ratio of each further piece of evidence. With a million entries in one syntax nearly every read
 * has some entry one edit away, so only a realistic denominator suppresses those.
 *
 * <p>Not thread-safe: one instance per operator.
 */
public final class Scorer {
    /**
     * A misread has the true plate among its alternatives in 60 % of cases, a random text in about
     * 2 %.
     */
    private static final double OFFERED = 0.6 / 0.02;

    private static final double NOT_OFFERED = 0.4 / 0.98;

    /** Tolerance for a sum in a different order. */
    private static final double ROUNDING = 1e-9;

    /** The kind of a match by the tag alone. */
    private static final String BY_TAG = "TAG";

    /** Mean number of symbols per free position of a pattern, and free positions per run. */
    private static final double SYMBOLS_PER_WILDCARD = 15;

    private static final int WILDCARDS_PER_RUN = 2;

    private final Population population = new Population();
    private final HomoglyphPlates homoglyphs = new HomoglyphPlates();
    private final byte[] readSymbols = new byte[CanonicalPlate.MAX_LENGTH];
    private final byte[] listedSymbols = new byte[CanonicalPlate.MAX_LENGTH];

    /**
     * The score of a plate read; null if no text of it is as near as the entry requires.
     *
     * @param confidenceRank rank of the read's confidence
     * @param tag of the passage, or null
     */
    public Score score(
            MatchTarget listed, PlateRead read, ConfidenceRank confidenceRank, RfidRead tag) {
        Nearest nearest = nearest(listed, read);
        if (nearest == null) {
            return null;
        }
        ContributionSink.ToList sink = new ContributionSink.ToList();
        addTo(listed, read, confidenceRank, tag, nearest, sink);
        return Score.of(nearest.kind(), nearest.text(), sink.parts());
    }

    /**
     * Whether a plate read without a tag has a {@link #score} of at least {@code least}. Nearly all
     * reads near an entry are other vehicles' own plates. Their upper bound is already below {@code
     * least} and is far cheaper than the score.
     */
    public boolean canReach(
            double least, MatchTarget listed, PlateRead read, ConfidenceRank confidenceRank) {
        Nearest nearest = nearest(listed, read);
        if (nearest == null) {
            return false;
        }
        boolean bounded =
                !listed.isPattern() && CanonicalPlate.pack(read.plate()) != listed.plate();
        if (bounded && Score.posterior(upperBound(listed, read, confidenceRank)) < least) {
            return false;
        }
        return Score.posterior(logOdds(listed, read, confidenceRank, nearest)) >= least;
    }

    /**
     * The log-odds of the {@link #score} of a plate read without a tag, empty if there is no score.
     * For comparisons, without texts.
     */
    public OptionalDouble logOdds(
            MatchTarget listed, PlateRead read, ConfidenceRank confidenceRank) {
        Nearest nearest = nearest(listed, read);
        return nearest == null
                ? OptionalDouble.empty()
                : OptionalDouble.of(logOdds(listed, read, confidenceRank, nearest));
    }

    private double logOdds(
            MatchTarget listed, PlateRead read, ConfidenceRank confidenceRank, Nearest nearest) {
        ContributionSink.ToSum sink = new ContributionSink.ToSum();
        addTo(listed, read, confidenceRank, null, nearest, sink);
        return sink.logOdds();
    }

    /**
     * Upper bound of the log-odds of a read whose top text is not the listed plate. It assumes that
     * only plates as similar to the text as the listed one are misread as it, and that the
     * alternatives contain no other vehicle's plate.
     */
    private double upperBound(MatchTarget listed, PlateRead read, ConfidenceRank confidenceRank) {
        long top = CanonicalPlate.pack(read.plate());
        ContributionSink.ToSum beside = new ContributionSink.ToSum();
        IssuingStateScore.addTo(listed, read, beside);
        AppearanceScore.addTo(listed.vehicle(), read.vehicle(), beside);
        int readLength = CanonicalPlate.unpack(top, readSymbols);
        int listedLength = CanonicalPlate.unpack(listed.plate(), listedSymbols);
        PlateSyntax syntax = PlateSyntax.of(read.country(), listedSymbols, listedLength);
        double match =
                ConfusionModel.logProbability(readSymbols, readLength, listedSymbols, listedLength);
        double perListed = syntax.perListed();
        double like = perListed * syntax.occupancy(listedSymbols, listedLength) * Math.exp(match);
        double sameText = perListed * syntax.occupancy(readSymbols, readLength);
        double ratio = confidenceRank.misreadRatio(read.confidence());
        double offered =
                read.texts().size() > 1 && read.texts().stream().anyMatch(listed::isWrittenAs)
                        ? Math.log(OFFERED / NOT_OFFERED)
                        : 0;
        return beside.logOdds()
                + match
                + Math.log(ratio)
                - Math.log(sameText + like * ratio)
                + offered
                + ROUNDING;
    }

    private void addTo(
            MatchTarget listed,
            PlateRead read,
            ConfidenceRank confidenceRank,
            RfidRead tag,
            Nearest nearest,
            ContributionSink sink) {
        if (listed.isPattern()) {
            pattern(listed, sink);
        } else {
            characters(listed, read, confidenceRank, nearest, sink);
            NonLatinLetters.addTo(nearest.text(), listed.written(), sink);
        }
        ScoreContribution byTag = tag == null ? null : TagEvidence.beside(read, listed, tag);
        if (byTag != null) {
            sink.add(byTag);
        }
        IssuingStateScore.addTo(listed, read, sink);
        AppearanceScore.addTo(listed.vehicle(), read.vehicle(), sink);
    }

    /**
     * The score of a passage by its tag alone; null if the tag names another vehicle.
     *
     * @param shown packed canonical plate that was read, or 0
     */
    public Score byTag(MatchTarget listed, RfidRead tag, long shown) {
        if (!listed.isNamedBy(tag)) {
            return null;
        }
        List<ScoreContribution> parts = new ArrayList<>(2);
        parts.add(TagEvidence.alone(listed, tag));
        if (shown != 0
                && listed.hasPlate()
                && PlateComparison.kind(shown, listed.plate()) == MatchKind.NONE) {
            parts.add(TagEvidence.shows(CanonicalPlate.text(shown)));
        }
        String text = shown == 0 ? tag.registeredPlate() : CanonicalPlate.text(shown);
        return Score.of(BY_TAG, text, parts);
    }

    private record Nearest(String kind, String text) {}

    private static Nearest nearest(MatchTarget listed, PlateRead read) {
        return listed.isPattern()
                ? byPattern(listed, read)
                : listed.hasPlate() ? byPlate(listed, read) : null;
    }

    private static Nearest byPlate(MatchTarget listed, PlateRead read) {
        String nearest = read.plate();
        MatchKind best = MatchKind.NONE;
        for (String text : read.texts()) {
            MatchKind kind = PlateComparison.kind(CanonicalPlate.pack(text), listed.plate());
            if (kind.compareTo(best) < 0) {
                best = kind;
                nearest = text;
            }
        }
        return best.ordinal() <= limit(listed.match()).ordinal()
                ? new Nearest(best.name(), nearest)
                : null;
    }

    private static MatchKind limit(MatchMode mode) {
        return switch (mode) {
            case EXACT -> MatchKind.EXACT;
            case CONFUSABLE -> MatchKind.CONFUSABLE;
            case FUZZY -> MatchKind.FUZZY;
        };
    }

    private static Nearest byPattern(MatchTarget listed, PlateRead read) {
        boolean folded = listed.match() != MatchMode.EXACT;
        PlatePattern pattern = PlatePattern.compile(listed.pattern(), folded);
        for (String text : read.texts()) {
            if (matches(pattern, folded, text)) {
                return new Nearest("PATTERN", text);
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

    private static void pattern(MatchTarget listed, ContributionSink sink) {
        int free = 0;
        for (int i = 0; i < listed.pattern().length(); i++) {
            char c = listed.pattern().charAt(i);
            free += c == '?' ? 1 : c == '*' ? WILDCARDS_PER_RUN : 0;
        }
        double vehicles = PlateSyntax.ON_THE_ROAD * Math.pow(SYMBOLS_PER_WILDCARD, free);
        sink.add(
                "pattern",
                -Math.log(Math.max(vehicles, Population.DUPLICATE)),
                () -> Message.of(MessageCode.PATTERN_FITS, Math.max(1, vehicles)));
    }

    /**
     * Adds the character match against the population, then the confidence, then the alternatives.
     */
    private void characters(
            MatchTarget listed,
            PlateRead read,
            ConfidenceRank confidenceRank,
            Nearest nearest,
            ContributionSink sink) {
        boolean exact = CanonicalPlate.pack(read.plate()) == listed.plate();
        Others counted = others(listed, read);
        PlateSyntax syntax = counted.syntax();
        double match = counted.match();
        double bearing = counted.bearing();
        double misread = counted.misread();
        boolean another = exact && counted.twins() > 1;
        double characters = match - Math.log(bearing + misread);
        sink.add(
                "characters",
                characters,
                () ->
                        another
                                ? Message.of(MessageCode.EQUAL_BUT_FOR_O_D_0)
                                : characters(nearest.kind(), bearing, exact));

        double ratio = confidenceRank.misreadRatio(read.confidence());
        double others = bearing + misread * ratio;
        double doubted = (exact ? match : match + Math.log(ratio)) - Math.log(others);
        sink.add(
                "confidence",
                doubted - characters,
                () -> confidence(read.confidence(), confidenceRank));

        if (!exact && read.texts().size() > 1) {
            double offered = offered(listed, read, syntax) * ratio;
            double unoffered = bearing + misread * ratio * NOT_OFFERED;
            sink.add(alternatives(listed, read, offered, others / (unoffered + offered)));
        }
    }

    /**
     * Expected vehicles that give the top text beside the listed one.
     *
     * @param match log-probability that the listed plate is read as the text
     * @param bearing vehicles whose own plate is the text
     * @param misread vehicles whose plate is misread as it
     * @param twins how much likelier other plates of the same canonical form give it
     */
    private record Others(
            PlateSyntax syntax, double match, double bearing, double misread, double twins) {}

    private Others others(MatchTarget listed, PlateRead read) {
        long top = CanonicalPlate.pack(read.plate());
        boolean exact = top == listed.plate();
        int readLength = CanonicalPlate.unpack(top, readSymbols);
        int listedLength = CanonicalPlate.unpack(listed.plate(), listedSymbols);
        PlateSyntax syntax = PlateSyntax.of(read.country(), listedSymbols, listedLength);
        double match =
                ConfusionModel.logProbability(readSymbols, readLength, listedSymbols, listedLength);
        double perListed = syntax.perListed();
        double like = perListed * syntax.occupancy(listedSymbols, listedLength) * Math.exp(match);
        double sameText =
                exact ? Population.DUPLICATE : perListed * population.bearing(top, syntax);
        double misread = perListed * population.misread(top, syntax);
        if (!exact) {
            // The population counts single edits only. If several look-alikes differ, at least as
            // many vehicles are assumed to resemble the text as the listed one does.
            misread = Math.max(misread, like);
        }
        double twins = homoglyphs.twins(syntax, read.plate(), listed.written());
        return new Others(syntax, match, sameText + like * twins, misread, twins);
    }

    /**
     * The probability that a read's top text, if it is not of the listed vehicle, is another
     * vehicle's own plate and no misread.
     */
    public double anothersOwn(MatchTarget listed, PlateRead read, ConfidenceRank confidenceRank) {
        Others others = others(listed, read);
        double misread = others.misread() * confidenceRank.misreadRatio(read.confidence());
        return others.bearing() / (others.bearing() + misread);
    }

    /**
     * Expected vehicles that are read as the top text and whose plate is among the alternatives.
     * The count is raised because a misread tends to offer the true plate.
     */
    private double offered(MatchTarget listed, PlateRead read, PlateSyntax syntax) {
        int readLength = CanonicalPlate.unpack(CanonicalPlate.pack(read.plate()), readSymbols);
        double sum = 0;
        List<String> texts = read.texts();
        for (String text : texts.subList(1, texts.size())) {
            if (!listed.isWrittenAs(text)) {
                int length = CanonicalPlate.unpack(CanonicalPlate.pack(text), listedSymbols);
                sum +=
                        syntax.occupancy(listedSymbols, length)
                                * Math.exp(
                                        ConfusionModel.logProbability(
                                                readSymbols, readLength, listedSymbols, length));
            }
        }
        return sum * OFFERED * syntax.perListed();
    }

    private static Message confidence(double confidence, ConfidenceRank confidenceRank) {
        return confidenceRank.reads() < ConfidenceRank.READS_OF_EQUAL_WEIGHT
                ? Message.of(MessageCode.READER_CONFIDENCE, 100 * confidence)
                : Message.of(
                        MessageCode.READER_CONFIDENCE_RANKED,
                        100 * confidence,
                        100 * confidenceRank.rank());
    }

    /** The part for the reader's alternatives to its top text. */
    private static ScoreContribution alternatives(
            MatchTarget listed, PlateRead read, double offered, double fewerOthers) {
        boolean among = read.texts().stream().anyMatch(listed::isWrittenAs);
        double logOdds = Math.log((among ? OFFERED : NOT_OFFERED) * fewerOthers);
        MessageCode code =
                among
                        ? MessageCode.LISTED_AMONG_ALTERNATIVES
                        : offered > 0
                                ? MessageCode.ALTERNATIVES_OF_OTHERS
                                : MessageCode.LISTED_NOT_AMONG_ALTERNATIVES;
        return new ScoreContribution("alternatives", logOdds, Message.of(code));
    }

    private static Message characters(String kind, double bearing, boolean exact) {
        if (exact) {
            return Message.of(MessageCode.CHARACTERS_EQUAL);
        }
        MessageCode difference =
                switch (kind) {
                    case "EXACT" -> MessageCode.ALTERNATIVE_EQUAL;
                    case "CONFUSABLE" -> MessageCode.LOOKALIKES_DIFFER;
                    default -> MessageCode.ONE_CHARACTER_DIFFERS;
                };
        return Message.of(
                bearing > 0 ? MessageCode.TEXT_IS_POSSIBLE_PLATE : MessageCode.TEXT_IS_NO_PLATE,
                Message.of(difference));
    }
}
