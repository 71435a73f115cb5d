package io.atalaya.simulator;

import io.atalaya.simulator.random.SeededRandom;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

class CharacterRatesTest {
    private static final String SYMBOLS = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ";

    @TempDir private Path directory;

    @Test
    void ratesAreSharesOfTheCounts() throws IOException {
        CharacterRates rates = CharacterRates.ofCounts(file("0,O,25", "A,-,100", "-,7,350"));
        assertThat(rates.wrong('0', 'O')).isEqualTo(25 / 125.0);
        assertThat(rates.wrong('0', '8')).isZero();
        assertThat(rates.wrong('A', '-')).isEqualTo(0.5);
        assertThat(rates.added('7')).isCloseTo(350 / (36 * 100.0 + 125), within(1e-12));
    }

    @Test
    void confusionsFollowTheRates() throws IOException {
        CharacterRates rates = CharacterRates.ofCounts(file("0,O,25", "0,8,5", "A,-,10", "-,7,36"));
        SeededRandom chance = new SeededRandom(4);
        int letterO = 0;
        int eight = 0;
        int dropped = 0;
        int seven = 0;
        int n = 100_000;
        for (int i = 0; i < n; i++) {
            String text = rates.read("0A", chance);
            letterO += text.startsWith("O") ? 1 : 0;
            eight += text.startsWith("8") ? 1 : 0;
            dropped += text.contains("A") ? 0 : 1;
            seven += text.contains("7") ? 1 : 0;
        }
        assertThat(letterO / (double) n).isCloseTo(25 / 130.0, within(0.004));
        assertThat(eight / (double) n).isCloseTo(5 / 130.0, within(0.002));
        assertThat(dropped / (double) n).isCloseTo(10 / 110.0, within(0.003));
        assertThat(seven / (double) n).isCloseTo(2 * 36 / (36 * 100.0 + 40), within(0.002));
    }

    @Test
    void assumedRatesAreProbabilitiesWithoutFoldedLookAlikes() {
        CharacterRates rates = CharacterRates.assumedByScore();
        for (char truth : SYMBOLS.toCharArray()) {
            double wrong = rates.wrong(truth, '-');
            for (char read : SYMBOLS.toCharArray()) {
                wrong += rates.wrong(truth, read);
            }
            assertThat(wrong).as("of %s", truth).isBetween(0.003, 0.02);
        }
        assertThat(rates.wrong('5', 'S')).isGreaterThan(20 * rates.wrong('5', 'X'));
        assertThat(rates.wrong('0', 'O')).isZero();
        assertThat(rates.wrong('I', '1')).isZero();
    }

    @Test
    void textsHaveThePlateLengthLimits() throws IOException {
        CharacterRates rates = CharacterRates.ofCounts(file("A,-,900", "-,7,3600"));
        SeededRandom chance = new SeededRandom(1);
        for (int i = 0; i < 2_000; i++) {
            assertThat(rates.read("AAAAAAAA", chance).length()).isBetween(1, 12);
        }
    }

    @Test
    void reportsTheInvalidRow() throws IOException {
        assertFault("0,OO,1", "row 37: read_char: got 'OO'");
        assertFault("ä,0,1", "row 37: truth_char: got 'ä'");
        assertFault("0,1,-3", "row 37: count: got '-3'");
        assertFault("0,1", "row 37: count: got ''");
        Path empty = directory.resolve("empty.csv");
        Files.writeString(empty, "truth_char,read_char,count\n0,0,5\n");
        assertThatThrownBy(() -> CharacterRates.ofCounts(empty))
                .hasMessageContaining("1 is never read as itself");
    }

    private void assertFault(String row, String message) throws IOException {
        Path file = file(row);
        assertThatThrownBy(() -> CharacterRates.ofCounts(file))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining(file + ": " + message);
    }

    /** Every character is read as itself a hundred times, and as the rows say. */
    private Path file(String... rows) throws IOException {
        List<String> lines = new ArrayList<>(List.of("truth_char,read_char,count"));
        for (char c : SYMBOLS.toCharArray()) {
            lines.add(c + "," + c + ",100");
        }
        lines.addAll(List.of(rows));
        Path file = directory.resolve("confusions.csv");
        Files.write(file, lines);
        return file;
    }
}
