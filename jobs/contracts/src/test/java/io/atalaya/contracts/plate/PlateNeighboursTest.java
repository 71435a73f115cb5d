package io.atalaya.contracts.plate;

import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

import java.util.Set;
import java.util.TreeSet;
import java.util.function.LongConsumer;

import static org.assertj.core.api.Assertions.assertThat;

class PlateNeighboursTest {
    /** The letters and digits that remain after the full look-alike classes. */
    private static final String ALPHABET = "0123456789ACEFHJKLMNPRTUVWXY";

    @Provide
    Arbitrary<String> plates() {
        return Arbitraries.strings().withChars(ALPHABET).ofMinLength(1).ofMaxLength(12);
    }

    @Property(tries = 500)
    void areAllTextsOneEditAway(@ForAll("plates") String plate) {
        Set<String> expected = new TreeSet<>(Set.of(plate));
        for (int i = 0; i <= plate.length(); i++) {
            String head = plate.substring(0, i);
            String tail = plate.substring(i);
            for (char c : ALPHABET.toCharArray()) {
                expected.add(head + c + tail);
                if (!tail.isEmpty()) {
                    expected.add(head + c + tail.substring(1));
                }
            }
            if (!tail.isEmpty()) {
                expected.add(head + tail.substring(1));
            }
        }
        expected.removeIf(text -> text.isEmpty() || text.length() > CanonicalPlate.MAX_LENGTH);
        assertThat(given(out -> PlateNeighbours.forEach(CanonicalPlate.pack(plate), out)))
                .isEqualTo(expected);
    }

    @Property(tries = 500)
    void deletionsAreTheTextAndWhatOneDropLeaves(@ForAll("plates") String plate) {
        Set<String> expected = new TreeSet<>(Set.of(plate));
        for (int i = 0; i < plate.length(); i++) {
            expected.add(plate.substring(0, i) + plate.substring(i + 1));
        }
        assertThat(given(out -> PlateNeighbours.forEachDeletion(CanonicalPlate.pack(plate), out)))
                .isEqualTo(expected);
    }

    /** The reason why the deletion filter misses no plate: it is the converse of one edit. */
    @Property(tries = 500)
    void neighboursShareADeletion(@ForAll("plates") String plate) {
        Set<String> ours =
                given(out -> PlateNeighbours.forEachDeletion(CanonicalPlate.pack(plate), out));
        PlateNeighbours.forEach(
                CanonicalPlate.pack(plate),
                near ->
                        assertThat(given(out -> PlateNeighbours.forEachDeletion(near, out)))
                                .containsAnyElementsOf(ours));
    }

    private interface Enumeration {
        void into(LongConsumer out);
    }

    private static Set<String> given(Enumeration enumeration) {
        Set<String> texts = new TreeSet<>();
        enumeration.into(packed -> texts.add(CanonicalPlate.text(packed)));
        return texts;
    }
}
