package io.atalaya.flink.state;

import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;
import org.apache.flink.api.common.state.ValueState;
import org.junit.jupiter.api.Test;

import java.io.IOException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

import static org.assertj.core.api.Assertions.assertThat;

class CachedValueStateTest {
    private final Map<String, Integer> stored = new HashMap<>();
    private String currentKey = "a";
    private int reads;

    private final class Stored implements ValueState<Integer> {
        @Override
        public Integer value() {
            reads++;
            return stored.get(currentKey);
        }

        @Override
        public void update(Integer value) {
            stored.put(currentKey, value);
        }

        @Override
        public void clear() {
            stored.remove(currentKey);
        }
    }

    /** With room for two of the keys. */
    private ValueState<Integer> cached() {
        return new CachedValueState<>(new Stored(), () -> currentKey, 2);
    }

    @Test
    void aValueThatWasUsedLatelyIsNotReadAgain() throws IOException {
        ValueState<Integer> cached = cached();
        stored.put("a", 1);

        assertThat(cached.value()).isEqualTo(1);
        assertThat(cached.value()).isEqualTo(1);
        currentKey = "without a value";
        assertThat(cached.value()).isNull();
        assertThat(cached.value()).isNull();

        assertThat(reads).isEqualTo(2);
    }

    /** Each number is a key, 0 to 3, and what is done with it: read, write or clear. */
    @Property
    void behavesAsTheStateItself(@ForAll @Size(max = 60) List<@IntRange(max = 11) Integer> steps)
            throws IOException {
        stored.clear();
        ValueState<Integer> cached = cached();
        Map<String, Integer> expected = new HashMap<>();
        for (int step = 0; step < steps.size(); step++) {
            currentKey = "abcd".substring(steps.get(step) % 4).substring(0, 1);
            switch (steps.get(step) / 4) {
                case 0 -> assertThat(cached.value()).isEqualTo(expected.get(currentKey));
                case 1 -> {
                    cached.update(step);
                    expected.put(currentKey, step);
                }
                default -> {
                    cached.clear();
                    expected.remove(currentKey);
                }
            }
        }
        assertThat(stored).isEqualTo(expected);
    }
}
