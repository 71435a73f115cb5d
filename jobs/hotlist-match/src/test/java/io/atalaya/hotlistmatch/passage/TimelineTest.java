package io.atalaya.hotlistmatch.passage;

import org.junit.jupiter.api.Test;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;

import static org.assertj.core.api.Assertions.assertThat;

class TimelineTest {
    private record Entry(long time, String id, int version) {}

    /** Compares with sorted maps. */
    @Test
    void holdsWhatASortedMapHolds() {
        for (int seed = 0; seed < 200; seed++) {
            Random random = new Random(seed);
            Timeline<Entry> timeline = new Timeline<>(Entry::id);
            TreeMap<Long, TreeMap<String, Entry>> expected = new TreeMap<>();
            long clock = 1_000;
            for (int step = 0; step < 300; step++) {
                clock += random.nextInt(20);
                long time = random.nextInt(4) == 0 ? random.nextInt((int) clock) : clock;
                String id = "R" + random.nextInt(4);
                if (random.nextInt(3) < 2) {
                    Entry entry = new Entry(time, id, step);
                    timeline.put(time, entry);
                    expected.computeIfAbsent(time, t -> new TreeMap<>()).put(id, entry);
                } else {
                    long retractedAt =
                            random.nextBoolean() || expected.isEmpty() ? time : first(expected);
                    timeline.remove(retractedAt, id);
                    expected.getOrDefault(retractedAt, new TreeMap<>()).remove(id);
                }
                long window = random.nextInt(200);
                assertThat(timeline.near(time, window, any -> true))
                        .as("seed %d, step %d", seed, step)
                        .isEqualTo(near(expected, time, window));
                int version = random.nextInt(300);
                assertThat(timeline.near(time, window, entry -> entry.version() > version))
                        .isEqualTo(
                                near(expected, time, window).stream()
                                        .filter(entry -> entry.version() > version)
                                        .toList());
                assertThat(timeline.upTo(time)).isEqualTo(near(expected, 0, time));
                assertThat(timeline.firstTime()).isEqualTo(firstTime(expected));
            }
            assertThat(timeline.near(0, clock, any -> true)).isEqualTo(near(expected, 0, clock));
        }
    }

    private static long firstTime(TreeMap<Long, TreeMap<String, Entry>> entries) {
        return entries.values().stream().allMatch(TreeMap::isEmpty)
                ? Long.MAX_VALUE
                : first(entries);
    }

    private static long first(TreeMap<Long, TreeMap<String, Entry>> entries) {
        for (Map.Entry<Long, TreeMap<String, Entry>> each : entries.entrySet()) {
            if (!each.getValue().isEmpty()) {
                return each.getKey();
            }
        }
        return 0;
    }

    private static List<Entry> near(
            TreeMap<Long, TreeMap<String, Entry>> entries, long time, long window) {
        List<Entry> near = new ArrayList<>();
        entries.subMap(time - window, true, time + window, true)
                .values()
                .forEach(each -> near.addAll(each.values()));
        return near;
    }
}
