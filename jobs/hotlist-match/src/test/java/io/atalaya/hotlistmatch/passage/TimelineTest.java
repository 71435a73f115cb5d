package io.atalaya.hotlistmatch.passage;

import org.junit.jupiter.api.Test;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;

import static org.assertj.core.api.Assertions.assertThat;

class TimelineTest {
    /** Compares with sorted maps. */
    @Test
    void holdsWhatASortedMapHolds() {
        for (int seed = 0; seed < 200; seed++) {
            Random random = new Random(seed);
            Timeline timeline = new Timeline(TimelineTest::id);
            TreeMap<Long, TreeMap<String, Long>> expected = new TreeMap<>();
            long clock = 1_000;
            for (int step = 0; step < 300; step++) {
                clock += random.nextInt(20);
                long time = random.nextInt(4) == 0 ? random.nextInt((int) clock) : clock;
                long number = step;
                if (random.nextInt(3) < 2) {
                    timeline.put(time, number);
                    expected.computeIfAbsent(time, t -> new TreeMap<>()).put(id(number), number);
                } else {
                    long from = random.nextBoolean() || expected.isEmpty() ? time : first(expected);
                    TreeMap<String, Long> at = expected.getOrDefault(from, new TreeMap<>());
                    long removed = at.isEmpty() ? number : at.firstEntry().getValue();
                    timeline.remove(from, removed);
                    at.remove(id(removed));
                }
                long window = random.nextInt(200);
                assertThat(near(timeline, time - window, time + window))
                        .as("seed %d, step %d", seed, step)
                        .isEqualTo(near(expected, time, window));
                assertThat(List.copyOf(timeline.upTo(time))).isEqualTo(near(expected, 0, time));
                assertThat(timeline.firstTime()).isEqualTo(firstTime(expected));
            }
            assertThat(near(timeline, 0, clock)).isEqualTo(near(expected, 0, clock));
        }
    }

    /** In another order than the numbers. */
    private static String id(long number) {
        return "R" + (number * 7 % 1_000);
    }

    private static List<Long> near(Timeline timeline, long from, long to) {
        List<Long> near = new ArrayList<>();
        for (int at = timeline.from(from); timeline.isUpTo(at, to); at++) {
            near.add(timeline.number(at));
        }
        return near;
    }

    private static long firstTime(TreeMap<Long, TreeMap<String, Long>> entries) {
        return entries.values().stream().allMatch(TreeMap::isEmpty)
                ? Long.MAX_VALUE
                : first(entries);
    }

    private static long first(TreeMap<Long, TreeMap<String, Long>> entries) {
        for (Map.Entry<Long, TreeMap<String, Long>> each : entries.entrySet()) {
            if (!each.getValue().isEmpty()) {
                return each.getKey();
            }
        }
        return 0;
    }

    private static List<Long> near(
            TreeMap<Long, TreeMap<String, Long>> entries, long time, long window) {
        List<Long> near = new ArrayList<>();
        entries.subMap(time - window, true, time + window, true)
                .values()
                .forEach(each -> near.addAll(each.values()));
        return near;
    }
}
