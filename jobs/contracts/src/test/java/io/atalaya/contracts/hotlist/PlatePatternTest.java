package io.atalaya.contracts.hotlist;

import io.atalaya.contracts.json.InvalidRecordException;
import io.atalaya.contracts.plate.CanonicalPlate;

import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import java.nio.charset.StandardCharsets;
import java.util.regex.Pattern;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

class PlatePatternTest {

    @Provide
    Arbitrary<String> patterns() {
        return Arbitraries.strings()
                .withChars("A08BZ2?**- ")
                .ofMinLength(3)
                .ofMaxLength(14)
                .filter(pattern -> PlatePattern.fault(pattern) == null);
    }

    @Provide
    Arbitrary<String> plates() {
        return Arbitraries.strings().withChars("AO08BZ2").ofMinLength(1).ofMaxLength(12);
    }

    private static boolean matches(String pattern, String plate, boolean folded) {
        byte[] symbols = new byte[CanonicalPlate.MAX_LENGTH];
        long packed = CanonicalPlate.pack(plate);
        int length = CanonicalPlate.unpack(folded ? CanonicalPlate.fold(packed) : packed, symbols);
        return PlatePattern.compile(pattern, folded).matches(symbols, length);
    }

    private static boolean regexMatches(String pattern, String plate, boolean folded) {
        StringBuilder regex = new StringBuilder();
        for (char c : pattern.toCharArray()) {
            switch (c) {
                case '?' -> regex.append('.');
                case '*' -> regex.append(".*");
                case '-', ' ' -> {}
                default -> regex.append(form(String.valueOf(c), folded));
            }
        }
        return Pattern.matches(regex.toString(), form(plate, folded));
    }

    private static String form(String plate, boolean folded) {
        long packed = CanonicalPlate.pack(plate);
        return CanonicalPlate.text(folded ? CanonicalPlate.fold(packed) : packed);
    }

    @Property(tries = 10_000)
    void agreesWithARegularExpression(
            @ForAll("patterns") String pattern,
            @ForAll("plates") String plate,
            @ForAll boolean folded) {
        assertThat(matches(pattern, plate, folded)).isEqualTo(regexMatches(pattern, plate, folded));
    }

    @ParameterizedTest
    @CsvSource({
        "ABC*,ABC,true",
        "ABC*,ABC1234,true",
        "ABC*,XABC,false",
        "*234,ABC1234,true",
        "A*3*4,ABC1234,true",
        "A*4*3,ABC1234,false",
        "ABC?,ABC1,true",
        "ABC?,ABC,false",
        "ABC?,ABC12,false",
        "abc-1?3?,ABC1234,true",
        "O1Q*,010Z,true",
        "*A*B*C*,XXAXXBXXCXX,true",
    })
    void matchesByHand(String pattern, String plate, boolean expected) {
        assertThat(matches(pattern, plate, false)).isEqualTo(expected);
    }

    @Test
    void foldedPatternsMatchLookAlikes() {
        assertThat(matches("8Z5*", "BZSA", false)).isFalse();
        assertThat(matches("8Z5*", "BZSA", true)).isTrue();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "``|at least 3 letters or digits in a pattern",
                "*|at least 3 letters or digits in a pattern",
                "???????|at least 3 letters or digits in a pattern",
                "A*B*|at least 3 letters or digits in a pattern",
                "ABC[0-9]|letters, digits, ? and *",
                "ABC%|letters, digits, ? and *",
                "ÑBCD*|letters, digits, ? and *",
                "ABC*********************X|at most 24 characters",
            })
    void namesTheFault(String pattern, String expected) {
        assertThat(PlatePattern.fault(pattern)).isEqualTo(expected);
        assertThatIllegalArgumentException()
                .isThrownBy(() -> PlatePattern.compile(pattern, false))
                .withMessageContaining(expected);
        String entry =
                "{\"entryId\":\"E\",\"reason\":\"X\",\"caseNumber\":\"1\",\"agency\":\"A\",\"pattern\":\""
                        + pattern
                        + "\"}";
        assertThatThrownBy(() -> HotlistEntryCodec.read(entry.getBytes(StandardCharsets.UTF_8)))
                .isInstanceOf(InvalidRecordException.class)
                .hasMessageStartingWith("pattern: got ")
                .hasMessageEndingWith("expected " + expected);
    }

    /**
     * Runs the most expensive pattern and plate within the bounds two million times. A matcher that
     * tried every split of the runs would need 10^5 steps for each and would time out.
     */
    @Test
    @Timeout(30)
    void noInputIsExpensive() {
        byte[] symbols = new byte[CanonicalPlate.MAX_LENGTH];
        int length = CanonicalPlate.unpack(CanonicalPlate.pack("A".repeat(12)), symbols);
        PlatePattern pattern = PlatePattern.compile("*A*A*A*A*A*A*A*A*A*A*A*B", false);
        boolean any = false;
        for (int i = 0; i < 2_000_000; i++) {
            any |= pattern.matches(symbols, length);
        }
        assertThat(any).isFalse();
    }
}
