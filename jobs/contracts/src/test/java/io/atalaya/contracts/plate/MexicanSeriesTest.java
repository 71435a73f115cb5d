package io.atalaya.contracts.plate;

import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;

import static org.assertj.core.api.Assertions.assertThat;

class MexicanSeriesTest {
    private static final List<String[]> RANGES = ranges();

    private static List<String[]> ranges() {
        try (InputStream in = MexicanSeriesTest.class.getResourceAsStream("mexican-series.csv")) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8)
                    .lines()
                    .filter(line -> !line.startsWith("#"))
                    .map(line -> line.split(","))
                    .toList();
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }

    /** Issued plates, plates with letters that are not issued, and each with one error. */
    @Provide
    Arbitrary<String> texts() {
        Arbitrary<String> letters = Arbitraries.strings().withCharRange('A', 'Z').ofLength(3);
        Arbitrary<String> digits = Arbitraries.strings().numeric().ofLength(3);
        Arbitrary<String> any = Arbitraries.strings().withCharRange('A', 'Z').numeric().ofLength(1);
        Arbitrary<String> plates =
                Arbitraries.oneOf(
                        Combinators.combine(letters, digits, any).as((a, b, c) -> a + b + c),
                        Combinators.combine(letters, digits, any)
                                .as((a, b, c) -> a.charAt(0) + b.substring(1) + a));
        return Combinators.combine(
                        plates, any, Arbitraries.integers().between(0, 20), Arbitraries.of(0, 1))
                .as(
                        (plate, added, at, gone) ->
                                at >= plate.length()
                                        ? plate
                                        : plate.substring(0, at)
                                                + added
                                                + plate.substring(at + gone));
    }

    /**
     * The definition on strings. In canonical form D is the digit 0, so that 0 counts as D in the
     * position of a letter.
     */
    private static String slowly(String canonical) {
        String letter = "[A-HJ-NPR-Z0]";
        if (canonical.matches(letter + "[0-9]{2}" + letter + "{3}")) {
            return "CMX";
        }
        if (canonical.matches(letter + "{3}[0-9]{3}[A-Z0-9]")) {
            String series = canonical.substring(0, 3).replace('0', 'D');
            for (String[] range : RANGES) {
                if (series.compareTo(range[1]) >= 0 && series.compareTo(range[2]) <= 0) {
                    return range[0];
                }
            }
        }
        return null;
    }

    @Property(tries = 5_000)
    void agreesWithTheTableReadSlowly(@ForAll("texts") String text) {
        long packed = CanonicalPlate.pack(text);
        String state = slowly(CanonicalPlate.text(packed));
        byte[] symbols = new byte[CanonicalPlate.MAX_LENGTH];
        int length = CanonicalPlate.unpack(packed, symbols);
        assertThat(MexicanSeries.isValid(symbols, length)).isEqualTo(state != null);
        assertThat(MexicanSeries.stateOf(packed)).isEqualTo(state);
    }

    @ParameterizedTest
    @CsvSource({
        "LGA-001-A, MEX",
        "PEZ-999-Z, MEX",
        "PFA-12-34, MIC",
        "AAA-001-A, AGU",
        "A12-BCD, CMX",
        "XXZ-000-0, TLA",
        "ZHZ-123-4, ZAC",
    })
    void theFirstAndTheLastOfASeriesBelongToIt(String plate, String state) {
        assertThat(MexicanSeries.stateOf(CanonicalPlate.pack(plate))).isEqualTo(state);
    }

    @ParameterizedTest
    @CsvSource({"ZJA-123-4", "IAA-123-4", "LG1-123-4", "LGA-12-34-5", "A1-BCD", "8XF-001-9"})
    void whatNoStateIssuesBelongsToNone(String plate) {
        assertThat(MexicanSeries.stateOf(CanonicalPlate.pack(plate))).isNull();
    }
}
