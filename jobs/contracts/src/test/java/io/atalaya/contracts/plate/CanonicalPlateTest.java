package io.atalaya.contracts.plate;

import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import java.util.Locale;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

class CanonicalPlateTest {

    @Provide
    Arbitrary<String> plates() {
        return PlateArbitraries.plates();
    }

    /** The definition on strings, character by character. */
    private static String canonical(String raw) {
        return raw.toUpperCase(Locale.ROOT)
                .replaceAll("[^0-9A-Z]", "")
                .replaceAll("[OQD]", "0")
                .replace('I', '1');
    }

    private static String folded(String raw) {
        return canonical(raw)
                .replace('Z', '2')
                .replace('S', '5')
                .replace('B', '8')
                .replace('G', '6');
    }

    @ParameterizedTest
    @CsvSource({
        "abc-12-34,ABC1234,ABC1234",
        "OQD-I,0001,0001",
        "ZSBG,ZSBG,2586",
        "dB·ñ9,0B9,089",
        "0,0,0",
        "ZZZZZZZZZZZZ,ZZZZZZZZZZZZ,222222222222",
    })
    void folds(String raw, String canonical, String folded) {
        long packed = CanonicalPlate.pack(raw);
        assertThat(CanonicalPlate.text(packed)).isEqualTo(canonical);
        String full = CanonicalPlate.text(CanonicalPlate.fold(packed));
        // B folds to 8 even inside otherwise plain plates.
        assertThat(full).isEqualTo(folded.replace('B', '8'));
    }

    @Property
    void agreesWithItsDefinition(@ForAll("plates") String raw) {
        long packed = CanonicalPlate.pack(raw);
        assertThat(packed).isPositive();
        assertThat(CanonicalPlate.text(packed)).isEqualTo(canonical(raw));
        assertThat(CanonicalPlate.text(CanonicalPlate.fold(packed))).isEqualTo(folded(raw));
        assertThat(CanonicalPlate.length(packed)).isEqualTo(canonical(raw).length());
        assertThat(CanonicalPlate.bare(raw))
                .isEqualTo(raw.toUpperCase(Locale.ROOT).replaceAll("[^0-9A-Z]", ""));
    }

    @Property
    void packsEqualTextsEquallyAndOthersApart(
            @ForAll("plates") String one, @ForAll("plates") String other) {
        assertThat(CanonicalPlate.pack(one) == CanonicalPlate.pack(other))
                .isEqualTo(canonical(one).equals(canonical(other)));
    }

    @Property
    void isIdempotent(@ForAll("plates") String raw) {
        long packed = CanonicalPlate.pack(raw);
        long folded = CanonicalPlate.fold(packed);
        assertThat(CanonicalPlate.pack(CanonicalPlate.text(packed))).isEqualTo(packed);
        assertThat(CanonicalPlate.pack(CanonicalPlate.text(folded))).isEqualTo(folded);
        assertThat(CanonicalPlate.fold(folded)).isEqualTo(folded);
    }

    @Property
    void unpacksInReadingOrder(@ForAll("plates") String raw) {
        byte[] symbols = new byte[CanonicalPlate.MAX_LENGTH];
        int length = CanonicalPlate.unpack(CanonicalPlate.pack(raw), symbols);
        String canonical = canonical(raw);
        assertThat(length).isEqualTo(canonical.length());
        for (int i = 0; i < length; i++) {
            assertThat((int) symbols[i]).isEqualTo(CanonicalPlate.symbol(canonical.charAt(i)));
        }
    }

    @Property
    void isPlateIsWhatPackTakes(@ForAll String raw) {
        int letters = raw.replaceAll("[^0-9A-Za-z]", "").length();
        assertThat(CanonicalPlate.isPlate(raw)).isEqualTo(letters >= 1 && letters <= 12);
    }

    @Test
    void rejectsWhatIsNoPlate() {
        for (String raw : new String[] {"", "- ·", "ABCDEFGHJKLMN", "A".repeat(500)}) {
            assertThat(CanonicalPlate.isPlate(raw)).isFalse();
            assertThatIllegalArgumentException().isThrownBy(() -> CanonicalPlate.pack(raw));
        }
    }
}
