package io.atalaya.hotlistmatch.ocr;

import io.atalaya.contracts.plate.CanonicalPlate;
import io.atalaya.hotlistmatch.event.OcrResult;

import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

class CtcTest {
    private static final int SYMBOLS = 3;

    @Provide
    Arbitrary<List<List<Double>>> steps() {
        return Arbitraries.doubles()
                .between(0, 1)
                .list()
                .ofSize(SYMBOLS)
                .list()
                .ofMinSize(1)
                .ofMaxSize(6);
    }

    /** The forward algorithm gives the sum over all paths of the text. */
    @Property(tries = 500)
    void aTextIsAsLikelyAsAllItsPathsTogether(@ForAll("steps") List<List<Double>> values) {
        double[][] steps = array(values);
        Map<List<Byte>, Double> texts = new HashMap<>();
        walk(steps, 0, new ArrayList<>(), 1, texts);
        texts.forEach(
                (text, probability) -> {
                    byte[] symbols = new byte[text.size()];
                    for (int i = 0; i < symbols.length; i++) {
                        symbols[i] = text.get(i);
                    }
                    double log = Ctc.logLikelihood(steps, symbols, symbols.length);
                    assertThat(Math.exp(log)).isCloseTo(probability, within(1e-9));
                });
    }

    @Test
    void aRepeatNeedsABlankBetween() {
        double[][] sure = {{0, 1, 0}, {0, 1, 0}};
        assertThat(Ctc.logLikelihood(sure, new byte[] {1}, 1)).isZero();
        assertThat(Ctc.logLikelihood(sure, new byte[] {1, 1}, 2))
                .isEqualTo(Double.NEGATIVE_INFINITY);
        double[][] apart = {{0, 1, 0}, {1, 0, 0}, {0, 1, 0}};
        assertThat(Ctc.logLikelihood(apart, new byte[] {1, 1}, 2)).isZero();
        assertThat(Ctc.minSteps(new byte[] {1, 1}, 2)).isEqualTo(3);
        assertThat(Ctc.minSteps(new byte[] {1, 2}, 2)).isEqualTo(2);
    }

    @Test
    void theBestTextIsThatOfTheLikeliestPath() {
        double[][] steps = {
            {0.1, 0.9, 0}, {0.1, 0.8, 0.1}, {0.6, 0.4, 0}, {0, 0.9, 0.1}, {0, 0, 1}
        };
        byte[] text = new byte[5];

        assertThat(Ctc.bestText(steps, text)).isEqualTo(3);
        assertThat(text).startsWith(1, 1, 2);
    }

    /** Adds the probability of every path to that of its text. */
    private static void walk(
            double[][] steps,
            int step,
            List<Byte> path,
            double probability,
            Map<List<Byte>, Double> texts) {
        if (step == steps.length) {
            texts.merge(text(path), probability, Double::sum);
            return;
        }
        for (byte symbol = 0; symbol < SYMBOLS; symbol++) {
            path.add(symbol);
            walk(steps, step + 1, path, probability * steps[step][symbol], texts);
            path.remove(path.size() - 1);
        }
    }

    private static List<Byte> text(List<Byte> path) {
        List<Byte> text = new ArrayList<>();
        for (int i = 0; i < path.size(); i++) {
            boolean repeated = i > 0 && path.get(i).equals(path.get(i - 1));
            if (!repeated && path.get(i) != Ctc.BLANK) {
                text.add(path.get(i));
            }
        }
        return text;
    }

    private static double[][] array(List<List<Double>> values) {
        return values.stream()
                .map(step -> step.stream().mapToDouble(Double::doubleValue).toArray())
                .toArray(double[][]::new);
    }

    /** The logarithm would be infinite and would count as a confirmation in a score. */
    @Test
    void aPlateThatHasNoPathIsFarFromWhatTheImageShows() {
        double[] step = new double[37];
        step[1] = 1;
        PlateReader.Reading reading = PlateReader.Reading.of(new double[][] {step});
        OcrResult ocrResult =
                OcrResult.read(
                        7, reading.margin(CanonicalPlate.pack("NKR4816")), -2, reading.text());
        assertThat(ocrResult.margin()).isEqualTo(-700);
        assertThat(ocrResult.message(7).en()).doesNotContain("Infinity").doesNotContain("NaN");
    }

    /** Each step shows a symbol of its own. */
    @ParameterizedTest
    @CsvSource({
        "ABC, ABC4816, false",
        "ABC4, ABC4816, false",
        "ABC4, ABC4, true",
        "ABC48, AAC4, true",
        "ABC48, AAC48, false",
        "ABC4816, NKR4816, true",
        "ABCEFGHJKLMNP, ABC4816, false"
    })
    void anImageShowsAPlateOnlyIfItsTextIsLikeOne(String text, String plate, boolean shows) {
        double[][] steps = new double[text.length()][37];
        for (int i = 0; i < steps.length; i++) {
            steps[i][1 + "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ".indexOf(text.charAt(i))] = 1;
        }
        PlateReader.Reading reading = PlateReader.Reading.of(steps);
        assertThat(reading.text()).isEqualTo(text);
        assertThat(reading.canShow(CanonicalPlate.pack(plate))).isEqualTo(shows);
    }

    @Test
    void anImageThatShowsNothingIsReadInNumbers() {
        PlateReader.Reading reading = PlateReader.Reading.of(new double[3][37]);
        assertThat(reading.margin(CanonicalPlate.pack("A1"))).isBetween(-700.0, 0.0);
    }

    /** NaN would round to a margin of 0, as if the image showed the plate. */
    @Test
    void aModelThatGivesNoNumberConfirmsNoPlate() {
        double[][] steps = new double[3][37];
        steps[1][4] = Double.NaN;
        assertThatThrownBy(() -> PlateReader.Reading.of(steps))
                .hasMessage("probability: got NaN, expected a finite number");
    }
}
