package io.atalaya.hotlistmatch.score;

import io.atalaya.contracts.alert.ScoreContribution;
import io.atalaya.contracts.hotlist.MatchMode;
import io.atalaya.contracts.plate.Candidate;
import io.atalaya.contracts.plate.CanonicalPlate;
import io.atalaya.contracts.plate.MatchKind;
import io.atalaya.contracts.plate.MexicanSeries;
import io.atalaya.contracts.plate.PlateComparison;
import io.atalaya.contracts.plate.PlateRead;
import io.atalaya.contracts.plate.Vehicle;

import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.FloatRange;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import java.util.ArrayList;
import java.util.List;
import java.util.OptionalDouble;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

class ScorerTest {
    private static final Vehicle LISTED_LOOKS = new Vehicle("NISSAN", null, "WHITE", "SEDAN", null);
    private static final List<String> SYMBOLS =
            "0 1 2 3 4 5 6 7 8 9 A B C E F G H J K L M N P R S T U V W X Y Z"
                    .lines()
                    .flatMap(line -> List.of(line.split(" ")).stream())
                    .toList();

    private static final double MAX_OCR_LOG_ODDS = 12;

    private final Scorer scorer = new Scorer();

    /** Everything that a read may contain besides its text. */
    private record Other(
            double confidence, boolean among, String country, String state, Vehicle vehicle) {
        Other with(String newState, Vehicle newVehicle) {
            return new Other(confidence, among, country, newState, newVehicle);
        }

        Other with(double newConfidence, boolean newAmong) {
            return new Other(newConfidence, newAmong, country, state, vehicle);
        }
    }

    @Provide
    Arbitrary<String> plates() {
        return Combinators.combine(
                        Arbitraries.strings().withChars("LMNP").ofLength(1),
                        Arbitraries.strings().withChars("ABCEGHJSWXZ").ofLength(2),
                        Arbitraries.strings().numeric().ofLength(3),
                        Arbitraries.strings().withChars("0123456789ABSZ").ofLength(1))
                .as((a, b, c, d) -> a + b + c + d)
                .filter(plate -> MexicanSeries.stateOf(CanonicalPlate.pack(plate)) != null);
    }

    @Provide
    Arbitrary<Other> others() {
        Arbitrary<Vehicle> vehicles =
                Combinators.combine(
                                Arbitraries.of("NISSAN", "FORD", null),
                                Arbitraries.of("WHITE", "RED", null),
                                Arbitraries.of("SEDAN", "TRUCK", null),
                                Arbitraries.of(0.9, 0.3, null))
                        .as(
                                (make, color, type, sure) ->
                                        new Vehicle(make, null, color, type, sure));
        return Combinators.combine(
                        Arbitraries.doubles().between(0, 1),
                        Arbitraries.of(true, false),
                        Arbitraries.of("MX", "US", "BR", "", null),
                        Arbitraries.of("MEX", "JAL", null),
                        vehicles.injectNull(0.3))
                .as(Other::new);
    }

    @Property
    void theScoreIsTheProbabilityThatItsPartsAddUpTo(
            @ForAll("plates") String plate, @ForAll("others") Other other) {
        for (String text : List.of(plate, plate.substring(1), "A" + plate, plate + "B")) {
            Score score = score(plate, text, other);
            assertThat(score.posterior()).isBetween(0.0, 1.0);
            double sum = score.parts().stream().mapToDouble(ScoreContribution::logOdds).sum();
            assertThat(score.posterior()).isCloseTo(1 / (1 + Math.exp(-sum)), within(1e-12));
            assertThat(score.parts())
                    .allSatisfy(
                            part -> {
                                assertThat(part.logOdds()).isFinite();
                                assertThat(part.text().es()).isNotBlank();
                                assertThat(part.text().en()).isNotBlank();
                            });
        }
    }

    /** Holds for any state and appearance of the entry. */
    @Property(tries = 150)
    void whatIsReachedIsPlausible(
            @ForAll("plates") String plate,
            @ForAll("others") Other other,
            @ForAll("states") String listedState,
            @ForAll @FloatRange(min = 0, max = 1) float rank,
            @ForAll @IntRange(min = 0, max = 200) int reads) {
        ConfidenceRank confidenceRank = new ConfidenceRank(rank, reads);
        long folded = CanonicalPlate.fold(CanonicalPlate.pack(plate));
        MatchTarget listed =
                new MatchTarget(
                        "E",
                        CanonicalPlate.pack(plate),
                        plate,
                        null,
                        null,
                        MatchMode.FUZZY,
                        50,
                        listedState,
                        LISTED_LOOKS);
        for (String text : textsNear(plate)) {
            PlateRead read = read(text, other.with(other.confidence(), false), plate);
            if (CanonicalPlate.fold(CanonicalPlate.pack(text)) != folded) {
                for (double least : List.of(0.0, 0.001, 0.05, 0.15, 0.7, 1.0)) {
                    ScoreBoundFilter plausibility = plausibility(least);
                    if (scorer.canReach(least, listed, read, confidenceRank)) {
                        assertThat(
                                        plausibility.canReachReview(
                                                plausibility.of(read, confidenceRank), folded))
                                .as("%s for %s, at least %s", read, listed, least)
                                .isTrue();
                    }
                }
            }
        }
    }

    @Provide
    Arbitrary<String> states() {
        return Arbitraries.of("MEX", "México", "CMX", "JAL", "Jalisco", null);
    }

    private static ScoreBoundFilter plausibility(double review) {
        return new ScoreBoundFilter(
                new Thresholds(List.of(new Thresholds.Band(0, 1, review))), MAX_OCR_LOG_ODDS);
    }

    /** The bound must exclude such reads, or it would be useless. */
    @ParameterizedTest
    @CsvSource({
        "LMN4821, 0.97, false, LMN4827, false",
        "LMN4821, 0.97, false, LMR4821, false",
        "LMN4821, 0.97, false, LMN482, false",
        "LMN4821, 0.97, true, LMM4827, false",
        "LMN4821, 0.70, true, LMM4821, true",
        "LM14821, 0.97, false, LMN4821, true"
    })
    void whatIsHardlyMisreadIsNot(
            String text, double confidence, boolean appearance, String listed, boolean plausible) {
        ScoreBoundFilter plausibility = plausibility(0.05);
        Vehicle seen = appearance ? LISTED_LOOKS : null;
        PlateRead read = read(text, new Other(confidence, false, "MX", null, seen), "LMN4821");
        ScoreBound scoreBound = plausibility.of(read, ConfidenceRank.UNKNOWN);
        assertThat(
                        plausibility.canReachReview(
                                scoreBound, CanonicalPlate.fold(CanonicalPlate.pack(listed))))
                .isEqualTo(plausible);
    }

    private static List<String> textsNear(String plate) {
        List<String> texts =
                new ArrayList<>(List.of(plate, plate.substring(1), plate + "B", "ZZZ9999"));
        for (int at : List.of(0, 4)) {
            texts.add(replaced(plate, at, "8"));
            texts.add(replaced(plate, at, "W"));
        }
        return texts;
    }

    /**
     * Equal to the last bit, because the search and the evaluation of a read must agree at the
     * threshold.
     */
    @Property
    void whatIsReachedIsWhatTheScoreReaches(
            @ForAll("plates") String plate,
            @ForAll("others") Other other,
            @ForAll @FloatRange(min = 0, max = 1) float rank,
            @ForAll @IntRange(min = 0, max = 200) int reads) {
        ConfidenceRank confidenceRank = new ConfidenceRank(rank, reads);
        for (MatchMode mode : MatchMode.values()) {
            for (MatchTarget listed : List.of(listed(plate, mode), pattern(plate, mode))) {
                for (String text : textsNear(plate)) {
                    PlateRead read = read(text, other, plate);
                    Score score = scorer.score(listed, read, confidenceRank, null);

                    OptionalDouble logOdds = scorer.logOdds(listed, read, confidenceRank);
                    assertThat(logOdds.isPresent()).isEqualTo(score != null);
                    if (score != null) {
                        assertThat(Score.posterior(logOdds.getAsDouble()))
                                .isEqualTo(score.posterior());
                    }
                    for (double least : List.of(0.001, 0.03, 0.05, 0.15, 0.7, 0.99)) {
                        assertThat(scorer.canReach(least, listed, read, confidenceRank))
                                .isEqualTo(score != null && score.posterior() >= least);
                    }
                    assertThat(scorer.canReach(0, listed, read, confidenceRank))
                            .isEqualTo(score != null);
                    if (score != null) {
                        double own = score.posterior();
                        assertThat(scorer.canReach(own, listed, read, confidenceRank)).isTrue();
                        assertThat(scorer.canReach(Math.nextUp(own), listed, read, confidenceRank))
                                .isFalse();
                    }
                }
            }
        }
    }

    @Property
    void nothingIsAboveAnEqualText(@ForAll("plates") String plate, @ForAll("others") Other drawn) {
        Other other = drawn.with(drawn.confidence(), false);
        double equal = score(plate, plate, other).posterior();
        for (int at = 0; at < plate.length(); at++) {
            for (String symbol : SYMBOLS) {
                Score score = score(plate, replaced(plate, at, symbol), other);
                assertThat(score.posterior()).isLessThanOrEqualTo(equal);
            }
        }
    }

    /** A foreign plate in the list, and a reader that names no country or the wrong one. */
    @Property
    void aForeignPlateIsFoundWhateverTheReaderSaysOfItsCountry(@ForAll("others") Other other) {
        for (String plate : List.of("7ABC123", "AB123CD", "BB88888", "12345")) {
            Other bare = other.with(0.9, true).with(null, null);
            Score alike = score(plate, plate.replaceFirst("B|5", "8"), bare);
            assertThat(alike.posterior()).isGreaterThan(0.05);
        }
    }

    /** At one position, among texts that are all plates or all no plates. */
    @Property
    void aLookAlikeIsAboveAnotherCharacter(
            @ForAll("plates") String plate, @ForAll("others") Other other) {
        for (int at = 0; at < plate.length(); at++) {
            for (String alike : SYMBOLS) {
                String near = replaced(plate, at, alike);
                if (kind(near, plate) != MatchKind.CONFUSABLE) {
                    continue;
                }
                for (String symbol : SYMBOLS) {
                    String far = replaced(plate, at, symbol);
                    if (kind(far, plate) == MatchKind.FUZZY && isPlate(far) == isPlate(near)) {
                        assertThat(score(plate, near, other).posterior())
                                .as("%s read as %s or as %s", plate, near, far)
                                .isGreaterThan(score(plate, far, other).posterior());
                    }
                }
            }
        }
    }

    @Property
    void whatAgreesNeverLowersAndWhatDisagreesNeverRaises(
            @ForAll("plates") String plate,
            @ForAll("plates") String drawn,
            @ForAll("others") Other other) {
        String text = kind(drawn, plate) == MatchKind.NONE ? plate.substring(1) : drawn;
        Other bare = other.with(null, null);
        double without = score(plate, text, bare).posterior();
        for (Vehicle same :
                List.of(
                        LISTED_LOOKS,
                        new Vehicle("NISSAN", null, null, null, 0.9),
                        new Vehicle(null, null, "WHITE", null, 0.9),
                        new Vehicle(null, null, null, "SEDAN", 0.9))) {
            assertThat(score(plate, text, bare.with(null, same)).posterior())
                    .isGreaterThan(without);
        }
        for (Vehicle another :
                List.of(
                        new Vehicle("FORD", null, "RED", "TRUCK", 0.9),
                        new Vehicle("FORD", null, null, null, 0.9))) {
            assertThat(score(plate, text, bare.with(null, another)).posterior())
                    .isLessThan(without);
        }
        assertThat(score(plate, text, bare.with("MEX", null)).posterior())
                .isGreaterThanOrEqualTo(without);
        assertThat(score(plate, text, bare.with("JAL", null)).posterior())
                .isLessThanOrEqualTo(without);
    }

    @Property
    void alternativesSpeakForThePlateThatIsAmongThem(
            @ForAll("plates") String plate, @ForAll("others") Other other) {
        String text = replaced(plate, 4, plate.charAt(4) == '7' ? "1" : "7");
        assertThat(score(plate, text, other.with(other.confidence(), true)).posterior())
                .isGreaterThan(
                        score(plate, text, other.with(other.confidence(), false)).posterior());
    }

    /**
     * The prefilter ignores such a text too, because a match must not depend on how it was found.
     */
    @Test
    void anAlternativeThatIsNoiseSaysNothing() {
        MatchTarget listed = listed("NKR4816", MatchMode.FUZZY);
        for (String text : List.of("NKR4817", "XZA7734")) {
            Score noisy =
                    scorer.score(listed, read(text, "NKR4816", 0.05), ConfidenceRank.UNKNOWN, null);
            Score plain =
                    scorer.score(listed, read(text, "XZB1111", 0.05), ConfidenceRank.UNKNOWN, null);
            assertThat(noisy).isEqualTo(plain);
        }
    }

    /** The text read is no plate; an alternative is one, and it is not the listed one. */
    @Test
    void anAlternativeThatIsAPlateIsAnotherVehicle() {
        Other silent = new Other(0.6, false, "MX", null, null);
        MatchTarget listed = listed("LJK715Z", MatchMode.FUZZY);
        PlateRead junk = read("LJK71U5", silent, new Candidate("LJK71US", 0.3));
        PlateRead plate = read("LJK71U5", silent, new Candidate("LJK715U", 0.3));
        assertThat(scorer.score(listed, junk, ConfidenceRank.UNKNOWN, null)).isNull();
        Score score = scorer.score(listed, plate, ConfidenceRank.UNKNOWN, null);
        assertThat(score.posterior()).isLessThan(0.01);
    }

    /** Canonical forms have no letters of other alphabets. */
    @Test
    void anotherLetterOfAnotherAlphabetIsAnotherVehicle() {
        Other sure = new Other(0.98, false, "KR", null, null);
        assertThat(score("12가3456", "12가3456", sure).posterior()).isGreaterThan(0.95);
        assertThat(score("12가3456", "123456", sure).posterior()).isGreaterThan(0.95);
        assertThat(score("12가3456", "12나3456", sure).posterior()).isLessThan(0.3);
    }

    /** Both are plates, and both fold to MHA5190. */
    @Test
    void anotherPlateOfTheSameCanonicalFormIsAnotherVehicle() {
        Other sure = new Other(0.98, false, "MX", null, null);
        Score same = score("MHA519D", "MHA519D", sure);
        Score other = score("MHA5190", "MHA519D", sure);
        Score between = score("MHA5190", "MHA519O", sure);
        assertThat(same.posterior()).isGreaterThan(0.95);
        assertThat(other.posterior()).isLessThan(0.2);
        assertThat(between.posterior()).isGreaterThan(0.9);
    }

    @Property
    void aSurerReaderIsBelievedMore(@ForAll("plates") String plate, @ForAll("others") Other other) {
        double lower = other.confidence() / 2;
        String another = replaced(plate, 4, plate.charAt(4) == '7' ? "1" : "7");
        assertThat(score(plate, plate, other.with(lower, false)).posterior())
                .isLessThanOrEqualTo(
                        score(plate, plate, other.with(other.confidence(), false)).posterior());
        assertThat(score(plate, another, other.with(lower, false)).posterior())
                .isGreaterThanOrEqualTo(
                        score(plate, another, other.with(other.confidence(), false)).posterior());
    }

    @Property
    void anEntryAsksHowNearATextMustBe(@ForAll("plates") String plate) {
        Other other = new Other(0.9, false, "MX", null, null);
        for (int at = 0; at < plate.length(); at++) {
            for (String symbol : SYMBOLS) {
                String text = replaced(plate, at, symbol);
                for (MatchMode mode : MatchMode.values()) {
                    Score score =
                            scorer.score(
                                    listed(plate, mode),
                                    read(text, other, plate),
                                    ConfidenceRank.UNKNOWN,
                                    null);
                    boolean near = kind(text, plate).ordinal() <= mode.ordinal();
                    assertThat(score != null).isEqualTo(near);
                }
            }
        }
    }

    /** The series LGA to PEZ belong to Estado de México, HSA to LFZ to Jalisco. */
    @ParameterizedTest
    @CsvSource({
        // listed, read, the state read, log-odds
        "LGA1234, LFA1234, MEX, 3.40",
        "LGA1234, LFA1234, JAL, -3.40",
        "LGA1234, LFA1234, PUE, ",
        "LGA1234, LGA1235, MEX, ",
        "LGA1234, LGA1235, JAL, ",
        "LGA1234, 4GA1234, MEX, 0.69",
        "LGA1234, 4GA1234, JAL, -1.61",
        "LGA1234, LGA1234, MEX, 0.69",
        "LGA1234, LGA1234, JAL, -1.61",
    })
    void theStateReadIsHeldAgainstBothSeries(
            String plate, String text, String seen, Double expected) {
        for (String entryState : new String[] {"MEX", null}) {
            Score score =
                    scorer.score(
                            new MatchTarget(
                                    "E1",
                                    CanonicalPlate.pack(plate),
                                    plate,
                                    null,
                                    null,
                                    MatchMode.FUZZY,
                                    80,
                                    entryState,
                                    null),
                            read(text, new Other(0.9, false, "MX", seen, null), plate),
                            ConfidenceRank.UNKNOWN,
                            null);
            Double actual =
                    score.parts().stream()
                            .filter(part -> part.name().equals("state"))
                            .map(ScoreContribution::logOdds)
                            .findFirst()
                            .orElse(null);
            if (expected == null) {
                assertThat(actual).isNull();
            } else {
                assertThat(actual).isCloseTo(expected, within(0.005));
            }
        }
    }

    /** The series NKR belongs to Estado de México. */
    @Test
    void aListInSpanishCountsAsWhatItSays() {
        Vehicle seen = new Vehicle("VOLKSWAGEN", null, "RED", "SEDAN", 0.9);
        Other other = new Other(0.9, false, "MX", "MEX", seen);
        List<ScoreContribution> english =
                listedAs("MEX", new Vehicle("Volkswagen", null, "Red", "Sedan", null), other);
        List<ScoreContribution> spanish =
                listedAs("Edo. Méx.", new Vehicle("VW", null, "Rojo", "Automóvil", null), other);
        assertThat(spanish).isEqualTo(english);
        assertThat(spanish)
                .extracting(ScoreContribution::name)
                .containsAll(List.of("state", "make", "color", "type"));
        assertThat(listedAs("Jalisco", new Vehicle("Ford", null, "azul", "moto", null), other))
                .filteredOn(part -> List.of("state", "make", "color", "type").contains(part.name()))
                .hasSize(4)
                .allSatisfy(part -> assertThat(part.logOdds()).isNegative());
    }

    private List<ScoreContribution> listedAs(String state, Vehicle vehicle, Other other) {
        MatchTarget listed =
                new MatchTarget(
                        "E1",
                        CanonicalPlate.pack("NKR4816"),
                        "NKR4816",
                        null,
                        null,
                        MatchMode.FUZZY,
                        80,
                        state,
                        vehicle);
        return scorer.score(listed, read("NKR4816", other, "NKR4816"), ConfidenceRank.UNKNOWN, null)
                .parts();
    }

    @Test
    void theWordsAgreeWithWhatTheySayItOf() {
        Vehicle another = new Vehicle("FORD", null, "RED", "TRUCK", 0.9);
        Score score = score("LGA1234", "LGA1234", new Other(0.9, false, "MX", null, another));
        assertThat(score.parts())
                .extracting(part -> part.text().es())
                .contains(
                        "marca distinta: FORD, buscada NISSAN",
                        "color distinto: rojo, buscado blanco",
                        "tipo distinto: camión, buscado sedán");
    }

    private Score score(String plate, String text, Other other) {
        return scorer.score(
                listed(plate, MatchMode.FUZZY),
                read(text, other, plate),
                ConfidenceRank.UNKNOWN,
                null);
    }

    private static MatchTarget listed(String plate, MatchMode mode) {
        return new MatchTarget(
                "E1", CanonicalPlate.pack(plate), plate, null, null, mode, 80, "MEX", LISTED_LOOKS);
    }

    /** A pattern of the first four characters of a plate. */
    private static MatchTarget pattern(String plate, MatchMode mode) {
        return new MatchTarget(
                "E2", 0, null, plate.substring(0, 4) + "*", null, mode, 80, null, LISTED_LOOKS);
    }

    /** A read with the listed plate among its alternatives, or with another text. */
    private static PlateRead read(String text, Other other, String plate) {
        return read(
                text,
                other,
                new Candidate(other.among() ? plate : "FFFF" + text.substring(4, 6), 0.3));
    }

    private static PlateRead read(String text, String alternative, double confidence) {
        return read(
                text,
                new Other(0.9, false, "MX", null, null),
                new Candidate(alternative, confidence));
    }

    private static PlateRead read(String text, Other other, Candidate alternative) {
        return new PlateRead(
                "R1",
                "ARCH-7",
                1,
                0,
                text,
                other.confidence(),
                List.of(alternative),
                other.country(),
                other.state(),
                null,
                null,
                other.vehicle(),
                null,
                null,
                null,
                false);
    }

    private static MatchKind kind(String text, String plate) {
        return PlateComparison.kind(CanonicalPlate.pack(text), CanonicalPlate.pack(plate));
    }

    private static boolean isPlate(String text) {
        return MexicanSeries.stateOf(CanonicalPlate.pack(text)) != null;
    }

    private static String replaced(String plate, int at, String symbol) {
        return plate.substring(0, at) + symbol + plate.substring(at + 1);
    }
}
