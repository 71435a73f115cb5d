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
            if (value < 0) {
                throw new IllegalArgumentException("a value that cannot be written");
            }
            stored.put(currentKey, value);
        }

        @Override
        public void clear() {
            stored.remove(currentKey);
        }
    }

    /** With room for two of the keys. */
    private CachedValueState<Integer> cached() {
        return new CachedValueState<>(
                new Stored(), () -> currentKey, key -> currentKey = (String) key, 2);
    }

    private static boolean attempt(Object key, CachedValueState.Write write) throws Exception {
        try {
            write.run();
            return true;
        } catch (IllegalArgumentException e) {
            return false;
        }
    }

    @Test
    void aValueThatWasUsedLatelyIsNotReadAgain() throws IOException {
        CachedValueState<Integer> cached = cached();
        stored.put("a", 1);

        assertThat(cached.value()).isEqualTo(1);
        assertThat(cached.value()).isEqualTo(1);
        currentKey = "without a value";
        assertThat(cached.value()).isNull();
        assertThat(cached.value()).isNull();

        assertThat(reads).isEqualTo(2);
    }

    @Test
    void aValueThatChangesOftenIsWrittenOnce() throws Exception {
        CachedValueState<Integer> cached = cached();

        cached.update(1);
        cached.update(2);
        assertThat(stored).isEmpty();
        cached.flush(CachedValueStateTest::attempt);

        assertThat(stored).isEqualTo(Map.of("a", 2));
        stored.clear();
        cached.flush(CachedValueStateTest::attempt);
        assertThat(stored).isEmpty();
    }

    @Test
    void aKeyWhoseValueCannotBeWrittenContinuesWithTheLastOne() throws Exception {
        CachedValueState<Integer> cached = cached();
        cached.update(1);
        cached.flush(CachedValueStateTest::attempt);

        cached.update(-1);
        currentKey = "b";
        cached.update(2);
        cached.flush(CachedValueStateTest::attempt);

        assertThat(stored).isEqualTo(Map.of("a", 1, "b", 2));
        currentKey = "a";
        assertThat(cached.value()).isEqualTo(1);
    }

    /**
     * Each number is a key, 0 to 3, and what is done with it: read, write or clear; or all changes
     * are written.
     */
    @Property
    void behavesAsTheStateItself(@ForAll @Size(max = 60) List<@IntRange(max = 12) Integer> steps)
            throws Exception {
        stored.clear();
        CachedValueState<Integer> cached = cached();
        Map<String, Integer> expected = new HashMap<>();
        for (int step = 0; step < steps.size(); step++) {
            String key = "abcd".substring(steps.get(step) % 4).substring(0, 1);
            currentKey = key;
            switch (steps.get(step) / 4) {
                case 0 -> assertThat(cached.value()).isEqualTo(expected.get(key));
                case 1 -> {
                    cached.update(step);
                    expected.put(key, step);
                }
                case 2 -> {
                    cached.clear();
                    expected.remove(key);
                }
                default -> {
                    cached.flush(CachedValueStateTest::attempt);
                    continue;
                }
            }
            assertThat(currentKey).isEqualTo(key);
            cached.trim(CachedValueStateTest::attempt);
        }
        cached.flush(CachedValueStateTest::attempt);
        assertThat(stored).isEqualTo(expected);
    }
}
