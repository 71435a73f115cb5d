package io.atalaya.hotlistmatch.crosscheck.platetag;

import io.atalaya.contracts.alert.Alert;
import io.atalaya.contracts.alert.AlertType;
import io.atalaya.contracts.alert.MismatchEvidence;
import io.atalaya.contracts.alert.ScoreContribution;
import io.atalaya.contracts.plate.Candidate;
import io.atalaya.contracts.plate.CanonicalPlate;
import io.atalaya.contracts.plate.MexicanSeries;
import io.atalaya.contracts.plate.PlateRead;
import io.atalaya.contracts.plate.Vehicle;
import io.atalaya.contracts.rfid.RfidRead;
import io.atalaya.hotlistmatch.TestRecords;
import io.atalaya.hotlistmatch.crosscheck.ActionThresholds;
import io.atalaya.hotlistmatch.crosscheck.CrossCheckFinding;
import io.atalaya.hotlistmatch.event.EnrichedRead;
import io.atalaya.hotlistmatch.event.PassageEvent;

import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.DoubleRange;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import java.util.List;
import java.util.Random;

import static io.atalaya.hotlistmatch.SharedSamples.NOON;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

class MismatchLogicTest {
    private static final Vehicle WHITE_NISSAN = new Vehicle("NISSAN", null, "WHITE", "SEDAN", 0.9);
    private static final Vehicle WHITE_FORD = new Vehicle("FORD", null, "WHITE", "SEDAN", 0.9);
    private static final Vehicle RED_FORD = new Vehicle("FORD", null, "RED", "PICKUP", 0.9);

    private final MismatchLogic logic =
            new MismatchLogic(new MismatchSettings(new ActionThresholds(1, 0.6), 50));

    @Test
    void anotherPlateOnTheTagsVehicle() {
        CrossCheckFinding found =
                logic.evaluate(
                        read("NKD8224", 0.94, WHITE_NISSAN),
                        tag("LUZ0155", WHITE_NISSAN),
                        NOON + 9);

        Alert alert = found.derivedAlert();
        assertThat(alert.type()).isEqualTo(AlertType.PLATE_TAG_MISMATCH);
        assertThat(alert.assessment().score()).isGreaterThan(0.98);
        assertThat(alert.assessment().action()).isEqualTo(Alert.Action.REVIEW);
        assertThat(alert.causedAt()).isEqualTo(NOON + 9);
        assertThat(found.plates()).containsExactly("NKD8224", "LUZ0155");
        assertThat(found.tags()).containsExactly("TAG1");
        MismatchEvidence evidence = (MismatchEvidence) alert.evidence();
        assertThat(evidence.reads()).containsExactly("R1", "T1");
        assertThat(evidence.parts())
                .extracting(ScoreContribution::name)
                .containsExactly("characters", "confidence", "make", "color", "type");
        double sum = evidence.parts().stream().mapToDouble(ScoreContribution::logOdds).sum();
        assertThat(alert.assessment().score()).isCloseTo(1 / (1 + Math.exp(-sum)), within(1e-12));
    }

    @Test
    void theIdIsOfBothReads() {
        EnrichedRead read = read("NKD8224", 0.94, WHITE_NISSAN);
        String id = logic.evaluate(read, tag("LUZ0155", WHITE_NISSAN), NOON).alertId();
        assertThat(logic.evaluate(read, tag("LUZ0155", null), NOON + 1).alertId()).isEqualTo(id);
        RfidRead other = new RfidRead("T2", "A", 1, NOON, "TAG1", "LUZ0155", WHITE_NISSAN);
        assertThat(logic.evaluate(read, other, NOON).alertId()).isNotEqualTo(id);
    }

    @ParameterizedTest
    @CsvSource({
        "NKD8224, NKD-82-24, the same",
        "NKD8224, NKO8224, the same when canonical",
        "NKD8B24, NKD8824, look-alike",
        "NKD8724, NKD8224, one edit",
        "NKD824, NKD8224, one dropped",
        "NKC8724, NKD8224, two edits",
        "PKC8724, NKD8224, three edits",
    })
    void whatMayBeAMisreadIsNone(String read, String registered, String how) {
        assertThat(
                        logic.evaluate(
                                read(read, 0.95, WHITE_NISSAN),
                                tag(registered, WHITE_NISSAN),
                                NOON))
                .as(how)
                .isNull();
    }

    @Test
    void signsAndFragmentsAreNone() {
        assertThat(
                        logic.evaluate(
                                read("TAXISUR", 0.79, WHITE_NISSAN),
                                tag("LUZ0155", WHITE_NISSAN),
                                0))
                .isNull();
        assertThat(logic.evaluate(read("NKD", 0.95, WHITE_NISSAN), tag("LUZ0155", WHITE_NISSAN), 0))
                .isNull();
        assertThat(logic.evaluate(read("NKD8224", 0.95, WHITE_NISSAN), tag(null, WHITE_NISSAN), 0))
                .isNull();
    }

    @Test
    void aPlateThatDiffersInEveryCharacterNeedsNoConfidentRead() {
        assertThat(
                        logic.evaluate(
                                read("MTK550M", 0.774, WHITE_NISSAN),
                                tag("NYS797F", WHITE_NISSAN),
                                NOON))
                .isNotNull();
    }

    @ParameterizedTest
    @CsvSource({"0.95, true", "0.77, false"})
    void anUnsureReadWithFourWrongCharactersMayBeAMisread(double confidence, boolean found) {
        CrossCheckFinding finding =
                logic.evaluate(
                        read("NKC1234", confidence, WHITE_NISSAN),
                        tag("NKC8567", WHITE_NISSAN),
                        NOON);
        assertThat(finding != null).isEqualTo(found);
    }

    @Test
    void theTagsPlateAmongTheAlternativesSaysThatItWasMisread() {
        EnrichedRead offers =
                enrichedRead("NKD8224", 0.95, WHITE_NISSAN, List.of(new Candidate("LUZ0155", 0.1)));
        assertThat(logic.evaluate(offers, tag("LUZ0155", WHITE_NISSAN), NOON)).isNull();
    }

    @Test
    void otherLooksSayThatTheTagIsTheNextVehicles() {
        EnrichedRead read = read("NKD8224", 0.95, WHITE_NISSAN);
        assertThat(logic.evaluate(read, tag("LUZ0155", RED_FORD), NOON)).isNull();
        // A camera sometimes misjudges one attribute.
        assertThat(logic.evaluate(read, tag("LUZ0155", WHITE_FORD), NOON)).isNotNull();
        assertThat(logic.evaluate(read, tag("LUZ0155", null), NOON)).isNotNull();
    }

    @Provide
    Arbitrary<String> plates() {
        Arbitrary<String> letters =
                Arbitraries.strings().withChars("ABCEFGHJKLMNPRSTUVWXYZ").ofLength(3);
        Arbitrary<String> digits = Arbitraries.strings().numeric().ofLength(4);
        return letters.flatMap(l -> digits.map(d -> l + d));
    }

    /** For any confidence of the reader and any similarity of the vehicles. */
    @Property
    void upToTwoWrongCharactersAreNeverAMismatch(
            @ForAll("plates") String plate,
            @ForAll @IntRange(max = 10_000) int seed,
            @ForAll @DoubleRange(min = 0.2, max = 0.99) double confidence) {
        Random chance = new Random(seed);
        String read = edited(edited(plate, chance), chance);
        assertThat(
                        logic.evaluate(
                                read(read, confidence, WHITE_NISSAN),
                                tag(plate, WHITE_NISSAN),
                                NOON))
                .isNull();
    }

    @Property
    void twoPlatesThatHaveLittleInCommonAre(
            @ForAll("plates") String shown, @ForAll("plates") String registered) {
        int same = 0;
        for (int i = 0; i < shown.length(); i++) {
            same += shown.charAt(i) == registered.charAt(i) ? 1 : 0;
        }
        boolean known = MexicanSeries.stateOf(CanonicalPlate.pack(shown)) != null;
        if (same <= 1 && known) {
            assertThat(
                            logic.evaluate(
                                    read(shown, 0.93, WHITE_NISSAN),
                                    tag(registered, WHITE_NISSAN),
                                    0))
                    .isNotNull();
        }
    }

    private static String edited(String plate, Random chance) {
        String symbols = "ABCEFGHJKLMNPRSTUVWXYZ0123456789";
        StringBuilder text = new StringBuilder(plate);
        int at = chance.nextInt(plate.length());
        char symbol = symbols.charAt(chance.nextInt(symbols.length()));
        switch (chance.nextInt(3)) {
            case 0 -> text.setCharAt(at, symbol);
            case 1 -> text.deleteCharAt(at);
            default -> text.insert(at, symbol);
        }
        return text.toString();
    }

    private static EnrichedRead read(String plate, double confidence, Vehicle vehicle) {
        return enrichedRead(plate, confidence, vehicle, List.of(new Candidate(plate, confidence)));
    }

    private static EnrichedRead enrichedRead(
            String plate, double confidence, Vehicle vehicle, List<Candidate> candidates) {
        PlateRead read =
                TestRecords.read(
                        "A",
                        1,
                        "R1",
                        NOON,
                        plate,
                        confidence,
                        candidates,
                        "MX",
                        vehicle,
                        null,
                        false);
        return new EnrichedRead(PassageEvent.key("A", "R1"), NOON + 5, false, read);
    }

    private static RfidRead tag(String plate, Vehicle vehicle) {
        return new RfidRead("T1", "A", 1, NOON + 200, "TAG1", plate, vehicle);
    }
}
