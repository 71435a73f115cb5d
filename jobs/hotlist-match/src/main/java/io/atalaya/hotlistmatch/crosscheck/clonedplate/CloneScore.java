package io.atalaya.hotlistmatch.crosscheck.clonedplate;

import io.atalaya.contracts.plate.Candidate;
import io.atalaya.contracts.plate.CanonicalPlate;
import io.atalaya.contracts.plate.PlateRead;
import io.atalaya.contracts.plate.Vehicle;
import io.atalaya.contracts.text.Message;
import io.atalaya.contracts.text.MessageCode;
import io.atalaya.contracts.vocabulary.Vocabulary;
import io.atalaya.hotlistmatch.crosscheck.HypothesisOdds;
import io.atalaya.hotlistmatch.crosscheck.clonedplate.CloneLogic.ImpossibleTravel;
import io.atalaya.hotlistmatch.crosscheck.clonedplate.CloneLogic.LocatedRead;
import io.atalaya.hotlistmatch.score.Attribute;
import io.atalaya.hotlistmatch.score.ConfidenceRank;
import io.atalaya.hotlistmatch.score.PlateSyntax;
import io.atalaya.hotlistmatch.score.Population;

import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/**
 * The probability that two vehicles carry a plate, given pairs of reads that one vehicle cannot
 * have made.
 *
 * <p>Three explanations compete: the plate is cloned; another vehicle's plate was misread as this
 * one; it is one vehicle, and a clock or a location is wrong. Each has a weight, in units of one
 * vehicle, and each part of the score is the change of the log-odds by one more piece of evidence.
 */
final class CloneScore {
    /**
     * Weight of a single error of a clock or a location that is not a lasting fault of the device.
     * Guess.
     */
    private static final double FAULT = 1e-4;

    /** Factor for a plate of no known series: it is rarely copied, but often a misread. Guess. */
    private static final double NO_SERIES = 0.1;

    /** Factor for different states or countries, which may issue the same text. Guess. */
    private static final double ELSEWHERE = 0.05;

    /** Probability that the same misread or the same error occurs once more. Guess. */
    private static final double AGAIN = 0.05;

    private static final int MAX_REPETITIONS = 3;

    /** A misread offers another text in 60 % of cases, a correct read in 10 %, which is a guess. */
    private static final double OFFERS_OTHER = 0.6 / 0.1;

    private static final double OFFERS_NONE = 0.4 / 0.9;

    /**
     * Likelihood ratios, one vehicle to two, that the attribute differs and that it agrees. A
     * cloned vehicle may copy the appearance too, so an equal appearance is weak evidence.
     */
    private static final Appearance MAKE = new Appearance(0.13 / 0.7, 0.87 / 0.3);

    private static final Appearance COLOR = new Appearance(0.13 / 0.6, 0.87 / 0.4);
    private static final Appearance TYPE = new Appearance(0.13 / 0.5, 0.87 / 0.5);

    /** Indexes of the explanations that compete with a clone. */
    private static final int MISREAD = 0;

    private static final int FAULTY = 1;

    private record Appearance(double differs, double agrees) {}

    private final Population population = new Population();

    /**
     * Scores the impossible pairs of one plate.
     *
     * @param plate packed canonical plate
     */
    HypothesisOdds score(long plate, List<ImpossibleTravel> pairs) {
        ImpossibleTravel first = pairs.get(0);
        PlateSyntax syntax = PlateSyntax.of(first.first().enrichedRead().read().country());
        Set<LocatedRead> culprits = culprits(pairs);
        int mistakes = leastMistakes(pairs);
        HypothesisOdds odds =
                new HypothesisOdds(
                        Population.DUPLICATE,
                        population.misread(plate, syntax) * culprits.size() / mistakes,
                        FAULT);
        travel(first, odds);
        reads(plate, culprits, odds);
        if (population.bearing(plate, syntax) == 0) {
            odds.times(NO_SERIES).part("series", Message.of(MessageCode.SERIES_UNKNOWN));
        }
        if (isOfTwoPlaces(first)) {
            odds.times(ELSEWHERE).part("state", Message.of(MessageCode.TWO_STATES));
        }
        appearance(pairs, odds);
        boolean oneDevice = !devicesInAll(pairs).isEmpty();
        if (mistakes > 1 || !oneDevice) {
            odds.times(MISREAD, Math.pow(AGAIN, Math.min(MAX_REPETITIONS, mistakes) - 1))
                    .times(FAULTY, oneDevice ? 1 : AGAIN)
                    .part("repeated", Message.of(MessageCode.IMPOSSIBLE_PAIRS, pairs.size()));
        }
        return odds;
    }

    private static void travel(ImpossibleTravel pair, HypothesisOdds odds) {
        double seconds = (pair.second().deviceTime() - pair.first().deviceTime()) / 1000.0;
        odds.part(
                "travel",
                Message.of(
                        MessageCode.IMPOSSIBLE_TRAVEL,
                        pair.distanceKm(),
                        seconds,
                        pair.neededKmh()));
    }

    /** Adds the confidence and the alternatives of each read that would have to be a misread. */
    private static void reads(long plate, Set<LocatedRead> culprits, HypothesisOdds odds) {
        double ratio = 0;
        double doubtAndTexts = 0;
        boolean otherTexts = false;
        double leastConfidence = 1;
        for (LocatedRead seen : culprits) {
            PlateRead read = seen.enrichedRead().read();
            boolean offers = offersOther(plate, read);
            otherTexts |= offers;
            leastConfidence = Math.min(leastConfidence, read.confidence());
            ratio += ConfidenceRank.misreadRatioOf(read.confidence());
            doubtAndTexts +=
                    ConfidenceRank.misreadRatioOf(read.confidence())
                            * (offers ? OFFERS_OTHER : OFFERS_NONE);
        }
        odds.times(MISREAD, ratio / culprits.size())
                .part(
                        "confidence",
                        Message.of(MessageCode.READER_CONFIDENCE_AT_LEAST, 100 * leastConfidence));
        odds.times(MISREAD, doubtAndTexts / ratio)
                .part(
                        "alternatives",
                        Message.of(
                                otherTexts
                                        ? MessageCode.READ_OFFERS_OTHER_TEXT
                                        : MessageCode.READS_OFFER_NO_OTHER_TEXT));
    }

    private static void appearance(List<ImpossibleTravel> pairs, HypothesisOdds odds) {
        addAppearance(Attribute.MAKE, MAKE, pairs, odds);
        addAppearance(Attribute.COLOR, COLOR, pairs, odds);
        addAppearance(Attribute.TYPE, TYPE, pairs, odds);
    }

    /** Uses the first pair that differs, or else the last one that agrees. */
    private static void addAppearance(
            Attribute attribute,
            Appearance look,
            List<ImpossibleTravel> pairs,
            HypothesisOdds odds) {
        Message agreement = null;
        for (ImpossibleTravel pair : pairs) {
            String one = of(pair.first(), attribute);
            String other = of(pair.second(), attribute);
            if (one == null || other == null) {
                continue;
            }
            Message comparison = attribute.comparedBetweenReads(one, other);
            if (!attribute.isSame(one, other)) {
                odds.times(FAULTY, look.differs()).part(attribute.part(), comparison);
                return;
            }
            agreement = comparison;
        }
        if (agreement != null) {
            odds.times(FAULTY, look.agrees()).part(attribute.part(), agreement);
        }
    }

    private static String of(LocatedRead seen, Attribute attribute) {
        Vehicle vehicle = seen.enrichedRead().read().vehicle();
        return Attribute.isRecognised(vehicle) ? attribute.of(vehicle) : null;
    }

    /** The reads each of which, if misread, explains all pairs; all reads if no single one does. */
    private static Set<LocatedRead> culprits(List<ImpossibleTravel> pairs) {
        Set<LocatedRead> all = new LinkedHashSet<>();
        Set<LocatedRead> inEach = new LinkedHashSet<>();
        for (ImpossibleTravel pair : pairs) {
            if (all.isEmpty()) {
                inEach.add(pair.first());
                inEach.add(pair.second());
            } else {
                inEach.retainAll(Set.of(pair.first(), pair.second()));
            }
            all.add(pair.first());
            all.add(pair.second());
        }
        return inEach.isEmpty() ? all : inEach;
    }

    /**
     * The least number of misreads that explains all pairs: every other read in a chain of pairs.
     */
    private static int leastMistakes(List<ImpossibleTravel> pairs) {
        int mistakes = 0;
        LocatedRead explained = null;
        for (ImpossibleTravel pair : pairs) {
            if (!pair.first().equals(explained)) {
                mistakes++;
                explained = pair.second();
            }
        }
        return mistakes;
    }

    private static Set<String> devicesInAll(List<ImpossibleTravel> pairs) {
        Set<String> devices = new LinkedHashSet<>();
        devices.add(pairs.get(0).first().device());
        devices.add(pairs.get(0).second().device());
        for (ImpossibleTravel pair : pairs) {
            devices.retainAll(Set.of(pair.first().device(), pair.second().device()));
        }
        return devices;
    }

    private static boolean offersOther(long plate, PlateRead read) {
        for (Candidate candidate : read.candidates()) {
            if (CanonicalPlate.pack(candidate.plate()) != plate) {
                return true;
            }
        }
        return false;
    }

    private static boolean isOfTwoPlaces(ImpossibleTravel pair) {
        PlateRead a = pair.first().enrichedRead().read();
        PlateRead b = pair.second().enrichedRead().read();
        return differ(a.country(), b.country())
                || differ(a.state(), b.state()) && !Vocabulary.STATES.isSame(a.state(), b.state());
    }

    private static boolean differ(String one, String other) {
        return one != null
                && other != null
                && !one.isBlank()
                && !other.isBlank()
                && !one.equalsIgnoreCase(other);
    }
}
