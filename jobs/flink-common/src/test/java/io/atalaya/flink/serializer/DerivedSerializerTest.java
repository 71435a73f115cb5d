package io.atalaya.flink.serializer;

import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.apache.flink.core.memory.DataInputDeserializer;
import org.apache.flink.core.memory.DataOutputSerializer;
import org.junit.jupiter.api.Test;

import java.io.IOException;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

class DerivedSerializerTest {

    /** Every kind of component. */
    record Everything(
            boolean flag,
            int number,
            long time,
            float share,
            double score,
            Boolean maybeFlag,
            Integer maybeNumber,
            Long maybeTime,
            Double maybeScore,
            String text,
            Colour colour,
            Branch branch,
            List<Branch> branches,
            Map<String, Leaf> leaves,
            Set<String> words) {}

    enum Colour {
        RED,
        GREEN {
            @Override
            public String toString() {
                return "a constant with a class of its own";
            }
        }
    }

    sealed interface Branch permits Leaf, Fork {}

    record Leaf(String name, Colour colour) implements Branch {}

    sealed interface Fork extends Branch permits Twig, Pair {}

    record Twig(long length) implements Fork {}

    record Pair(Leaf left, Leaf right) implements Fork {}

    @Provide
    Arbitrary<Everything> values() {
        Arbitrary<String> text = Arbitraries.strings().ofMaxLength(200).injectNull(0.2);
        Arbitrary<Colour> colour = Arbitraries.of(Colour.class).injectNull(0.2);
        Arbitrary<Leaf> leaf = Combinators.combine(text, colour).as(Leaf::new);
        Arbitrary<Branch> branch =
                Arbitraries.<Branch>oneOf(
                        leaf.map(each -> each),
                        Arbitraries.longs().map(Twig::new),
                        Combinators.combine(leaf.injectNull(0.2), leaf).as(Pair::new));
        Arbitrary<Map<String, Leaf>> leaves =
                Arbitraries.maps(Arbitraries.strings().ofMaxLength(20), leaf).ofMaxSize(5);
        var numbers =
                Combinators.combine(
                        Arbitraries.of(true, false),
                        Arbitraries.integers(),
                        Arbitraries.longs(),
                        Arbitraries.floats(),
                        Arbitraries.doubles());
        return numbers.flatAs(
                (flag, number, time, share, score) ->
                        Combinators.combine(
                                        Arbitraries.of(true, false),
                                        text,
                                        colour,
                                        branch.injectNull(0.2),
                                        branch.list().ofMaxSize(5),
                                        leaves,
                                        Arbitraries.strings().ofMaxLength(20).set().ofMaxSize(5))
                                .as(
                                        (boxed, word, paint, one, all, named, words) ->
                                                new Everything(
                                                        flag,
                                                        number,
                                                        time,
                                                        share,
                                                        score,
                                                        boxed ? flag : null,
                                                        boxed ? number : null,
                                                        boxed ? time : null,
                                                        boxed ? score : null,
                                                        word,
                                                        paint,
                                                        one,
                                                        all,
                                                        named,
                                                        words)));
    }

    @Property
    void readsWhatItWrites(@ForAll("values") Everything value) throws IOException {
        DataInputDeserializer in = new DataInputDeserializer(bytes(Everything.class, value));
        assertThat(RecordSerializer.of(Everything.class).read(in)).isEqualTo(value);
        assertThat(in.available()).as("bytes left over").isZero();
    }

    record Counts(Map<String, Integer> byName) {}

    @Test
    void writesEqualMapsAlike() throws IOException {
        Map<String, Integer> one = new HashMap<>(Map.of("a", 1, "b", 2, "Aa", 3, "BB", 4));
        assertThat(bytes(Counts.class, new Counts(one)))
                .isEqualTo(bytes(Counts.class, new Counts(new TreeMap<>(one))));
    }

    record Words(Set<String> all) {}

    @Test
    void writesEqualSetsAlike() throws IOException {
        Set<String> one = new HashSet<>(List.of("a", "b", "Aa", "BB"));
        assertThat(bytes(Words.class, new Words(one)))
                .isEqualTo(bytes(Words.class, new Words(new TreeSet<>(one))));
    }

    record Unsupported(Leaf leaf, Object[] names) {}

    record Outer(Unsupported inner) {}

    @Test
    void namesTheComponentThatItCannotWrite() {
        assertThatThrownBy(() -> RecordSerializer.of(Outer.class))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage(
                        "Outer.inner: Unsupported.names: [Ljava.lang.Object; is neither a record"
                                + " nor sealed nor has a serializer");
    }

    @Test
    void namesTheComponentWithAValueThatItCannotWrite() {
        assertThatThrownBy(() -> bytes(Counts.class, new Counts(null)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("Counts.byName cannot be written");
    }

    record Percent(int value) {
        Percent {
            if (value > 100) {
                throw new IllegalArgumentException("value: got " + value + ", expected 0 to 100");
            }
        }
    }

    record Number(int value) {}

    @Test
    void reportsAStoredValueThatTheRecordRejects() throws IOException {
        byte[] stored = bytes(Number.class, new Number(101));
        assertThatThrownBy(
                        () ->
                                RecordSerializer.of(Percent.class)
                                        .read(new DataInputDeserializer(stored)))
                .isInstanceOf(IOException.class)
                .hasMessage("a stored Percent is invalid: value: got 101, expected 0 to 100");
    }

    record Painted(Colour colour) {}

    @Test
    void reportsAConstantThatIsGone() throws IOException {
        byte[] stored = new byte[] {1, 5, 'B', 'L', 'U', 'E'};
        assertThatThrownBy(
                        () ->
                                RecordSerializer.of(Painted.class)
                                        .read(new DataInputDeserializer(stored)))
                .isInstanceOf(IOException.class)
                .hasMessageStartingWith("Colour: got BLUE, expected one of ");
    }

    private static <T> byte[] bytes(Class<T> type, T value) throws IOException {
        DataOutputSerializer out = new DataOutputSerializer(64);
        RecordSerializer.of(type).write(value, out);
        return out.getCopyOfBuffer();
    }

    record Names(List<String> all, Map<String, Leaf> leaves) {}

    /** Stored, it could not be read, and the whole state of its key would be lost. */
    @Test
    void rejectsNullElementsBeforeTheyAreStored() {
        assertThatThrownBy(() -> write(new Names(Arrays.asList("a", null), Map.of())))
                .hasMessage("Names.all cannot be written");
        Map<String, Leaf> leaves = new HashMap<>();
        leaves.put("a", null);
        assertThatThrownBy(() -> write(new Names(List.of(), leaves)))
                .hasMessage("Names.leaves cannot be written");
    }

    private static void write(Names names) throws IOException {
        RecordSerializer.of(Names.class).write(names, new DataOutputSerializer(64));
    }
}
