package io.atalaya.contracts.plate;

import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.junit.jupiter.api.Test;

import java.util.Arrays;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

class ConfusionModelTest {
    @Provide
    Arbitrary<String> plates() {
        return Arbitraries.strings().withChars("8B3NM0A").ofMinLength(1).ofMaxLength(6);
    }

    @Property(tries = 2_000)
    void isTheLikeliestOfAllAlignments(
            @ForAll("plates") String read, @ForAll("plates") String truth) {
        byte[] a = symbols(read);
        byte[] b = symbols(truth);
        assertThat(ConfusionModel.logProbability(a, a.length, b, b.length))
                .isCloseTo(Math.log(slowly(a, b)), within(1e-9));
    }

    /** Tries all alignments. */
    private static double slowly(byte[] read, byte[] truth) {
        if (read.length == 0 || truth.length == 0) {
            return Math.pow(ConfusionModel.ADDED, read.length)
                    * Math.pow(ConfusionModel.DROPPED, truth.length);
        }
        byte[] restRead = Arrays.copyOfRange(read, 1, read.length);
        byte[] restTruth = Arrays.copyOfRange(truth, 1, truth.length);
        return Math.max(
                ConfusionModel.rate(read[0], truth[0]) * slowly(restRead, restTruth),
                Math.max(
                        ConfusionModel.ADDED * slowly(restRead, truth),
                        ConfusionModel.DROPPED * slowly(read, restTruth)));
    }

    @Property
    void nothingIsLikelierThanToBeReadRight(
            @ForAll("plates") String read, @ForAll("plates") String truth) {
        byte[] a = symbols(read);
        byte[] b = symbols(truth);
        assertThat(ConfusionModel.logProbability(a, a.length, b, b.length))
                .isLessThanOrEqualTo(ConfusionModel.logProbability(b, b.length, b, b.length));
    }

    @Test
    void ratesAreSymmetricAndARowIsNoMoreThanCertain() {
        for (int truth = 1; truth < CanonicalPlate.BASE; truth++) {
            if (!CanonicalPlate.isCanonical(truth)) {
                continue;
            }
            double sum = ConfusionModel.DROPPED;
            for (int read = 1; read < CanonicalPlate.BASE; read++) {
                if (CanonicalPlate.isCanonical(read)) {
                    assertThat(ConfusionModel.rate(read, truth))
                            .isEqualTo(ConfusionModel.rate(truth, read))
                            .isPositive();
                    sum += ConfusionModel.rate(read, truth);
                }
            }
            assertThat(sum).as("of symbol " + truth).isBetween(0.98, 1.001);
        }
    }

    @Test
    void theMoreAlikeTheLikelier() {
        assertThat(rate('8', 'B')).isGreaterThan(rate('8', '3'));
        assertThat(rate('8', '3')).isGreaterThan(rate('8', 'L'));
    }

    private static double rate(char read, char truth) {
        return ConfusionModel.rate(CanonicalPlate.symbol(read), CanonicalPlate.symbol(truth));
    }

    private static byte[] symbols(String text) {
        byte[] symbols = new byte[CanonicalPlate.MAX_LENGTH];
        return Arrays.copyOf(symbols, CanonicalPlate.unpack(CanonicalPlate.pack(text), symbols));
    }
}
