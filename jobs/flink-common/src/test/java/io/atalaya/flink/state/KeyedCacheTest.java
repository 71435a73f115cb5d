package io.atalaya.flink.state;

import org.junit.jupiter.api.Test;

import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;

import static org.assertj.core.api.Assertions.assertThat;

class KeyedCacheTest {
    private final Map<String, Integer> state = new HashMap<>();
    private final Set<String> failing = new HashSet<>();
    private String currentKey;
    private int loads;

    private final Counters cache = new Counters();

    private static final class Counter {
        private int count;
        private boolean isUsed;
    }

    private final class Counters extends KeyedCache<Counter> {
        Counters() {
            super(2, key -> currentKey = key);
        }

        void count(String key) throws Exception {
            Counter counter = of(key);
            counter.count++;
            counter.isUsed = true;
        }

        @Override
        protected Counter load() {
            loads++;
            Counter counter = new Counter();
            counter.count = state.getOrDefault(currentKey, 0);
            return counter;
        }

        @Override
        protected boolean isUsed(Counter counter) {
            boolean was = counter.isUsed;
            counter.isUsed = false;
            return was;
        }

        @Override
        protected boolean write(String key, Counter counter) {
            if (failing.contains(key)) {
                return false;
            }
            select(key);
            state.put(currentKey, counter.count);
            return true;
        }
    }

    @Test
    void evictedObjectsAreReadAgainFromState() throws Exception {
        for (int round = 0; round < 3; round++) {
            for (String key : "a b c d".split(" ")) {
                cache.count(key);
                cache.trim();
                assertThat(cache.size()).isLessThanOrEqualTo(2);
            }
        }
        cache.flush();

        assertThat(state).isEqualTo(Map.of("a", 3, "b", 3, "c", 3, "d", 3));
        assertThat(loads).isEqualTo(12);
    }

    @Test
    void anObjectThatIsUsedAgainStays() throws Exception {
        cache.count("a");
        cache.of("b");
        cache.of("c");
        cache.trim();

        assertThat(cache.ifCached("a")).isNotNull();
        assertThat(cache.ifCached("b")).isNull();
        assertThat(cache.ifCached("c")).isNotNull();
    }

    @Test
    void anObjectThatCannotBeWrittenStays() throws Exception {
        failing.add("a");
        cache.of("a").count = 7;
        cache.of("b");
        cache.of("c");
        cache.trim();

        assertThat(cache.ifCached("a").count).isEqualTo(7);
        assertThat(cache.size()).isEqualTo(2);
    }

    @Test
    void trimmingEndsIfNothingCanBeWritten() throws Exception {
        for (String key : "a b c d".split(" ")) {
            failing.add(key);
            cache.count(key);
        }
        cache.trim();

        assertThat(cache.size()).isEqualTo(4);
        failing.clear();
        cache.trim();
        assertThat(cache.size()).isEqualTo(2);
    }

    @Test
    void reloadingDropsChanges() throws Exception {
        cache.count("a");
        cache.flush();
        cache.count("a");

        assertThat(cache.reload("a").count).isEqualTo(1);
        assertThat(cache.ifCached("a").count).isEqualTo(1);
    }
}
