package io.atalaya.hotlistmatch.score;

import io.atalaya.contracts.plate.CanonicalPlate;
import io.atalaya.hotlistmatch.ocr.OcrSettings;

import org.junit.jupiter.api.Test;

import java.util.Random;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

class OcrEvidenceTest {
    private static final OcrEvidence EVIDENCE =
            OcrSettings.evidence(OcrSettings.model("").manifest());

    private static final long LISTED = CanonicalPlate.pack("MTD712E");
    private static final long TEXT = CanonicalPlate.pack("MTD713E");
    private static final long LOOK_ALIKE = CanonicalPlate.pack("MTD71ZE");

    /** Share of the other vehicles whose own plate is the text, at a typical confidence. */
    private static final double OWN = 0.97;

    /** What the characters of a possible Mexican plate take away. */
    private static final double CHARACTERS = -8.6;

    @Test
    void anImageThatIsTheListedPlateMakesUpForAPossiblePlate() {
        double sure = EVIDENCE.logOdds(LISTED, TEXT, OWN, 0, -6);
        assertThat(Score.posterior(CHARACTERS + sure)).isGreaterThan(0.9);

        double unsure = EVIDENCE.logOdds(LISTED, TEXT, OWN, 0, -1);
        assertThat(Score.posterior(CHARACTERS + unsure)).isBetween(0.05, 0.7);
    }

    @Test
    void anImageThatIsTheTextSpeaksAgainstTheListedPlate() {
        assertThat(EVIDENCE.logOdds(LISTED, TEXT, OWN, -12, 0)).isEqualTo(EVIDENCE.least());
        assertThat(EVIDENCE.logOdds(LISTED, LOOK_ALIKE, 0, -6, 0)).isNegative();
    }

    /** It cancels what the characters take away for the same two. */
    @Test
    void unlikeCharactersWeighAsMuchMoreAsTheyAreConfusedLess() {
        assertThat(
                        EVIDENCE.logOdds(LISTED, TEXT, OWN, 0, -4)
                                - EVIDENCE.logOdds(LISTED, LOOK_ALIKE, OWN, 0, -4))
                .isCloseTo(Math.log(4e-3 / 5e-5), within(1e-9));
    }

    @Test
    void anImageThatIsTheSameListedPlateIsWeakEvidence() {
        assertThat(EVIDENCE.logOdds(LISTED, LISTED, OWN, 0, 0)).isBetween(0.5, 2.0);
        assertThat(EVIDENCE.logOdds(LISTED, LISTED, OWN, -8, -8)).isEqualTo(EVIDENCE.least());
    }

    @Test
    void noImageAddsMoreThanTheBoundSays() {
        Random random = new Random(1);
        for (long text : new long[] {TEXT, LOOK_ALIKE, LISTED}) {
            for (int i = 0; i < 1_000; i++) {
                double another = random.nextDouble();
                double logOdds =
                        EVIDENCE.logOdds(
                                LISTED,
                                text,
                                another,
                                -700 * Math.pow(random.nextDouble(), 4),
                                -700 * Math.pow(random.nextDouble(), 4));
                assertThat(logOdds)
                        .isBetween(EVIDENCE.least(), EVIDENCE.most(LISTED, text, another) + 1e-9);
            }
            assertThat(EVIDENCE.most(LISTED, text, 0)).isLessThanOrEqualTo(EVIDENCE.most());
        }
    }
}
