package io.atalaya.campaign;

import io.atalaya.contracts.topic.TopicRecord;
import io.atalaya.contracts.topic.Topics;

import java.lang.management.ManagementFactory;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.function.Predicate;

/** Searches for fewer records with the same finding, by delta debugging within a time limit. */
final class Shrinker {
    private final World world;
    private final Predicate<World> shows;
    private final long until;
    private World smallest;

    private Shrinker(World world, Predicate<World> shows, Duration limit) {
        this.world = world;
        this.shows = shows;
        until = cpuNanos() + limit.toNanos();
        smallest = world;
    }

    /**
     * The smallest world found with the finding; the world itself if there is none smaller.
     *
     * @param key key of the data that the finding is about, or null
     * @param shows runs a world and returns whether it has the finding
     */
    static World shrink(World world, String key, Predicate<World> shows, Duration limit) {
        Shrinker shrinker = new Shrinker(world, shows, limit);
        if (key != null) {
            shrinker.keep(record -> Objects.equals(record.key(), key));
        }
        shrinker.trySimplerPlan();
        for (String topic :
                List.of(
                        Topics.CAMERA_FRAMES,
                        Topics.PLATE_READS,
                        Topics.RFID_READS,
                        Topics.DEVICES,
                        Topics.HOTLIST)) {
            shrinker.keep(record -> !record.topic().equals(topic));
        }
        shrinker.trySimplerPlan();
        shrinker.halve();
        return shrinker.smallest;
    }

    private void trySimplerPlan() {
        attempt(smallest.with(world.plan().inOrder()));
    }

    private void keep(Predicate<TopicRecord> which) {
        List<TopicRecord> some = smallest.records().stream().filter(which).toList();
        if (some.size() < smallest.records().size()) {
            attempt(smallest.with(some));
        }
    }

    /** Zeller's ddmin: removes ever smaller pieces. */
    private void halve() {
        int pieces = 2;
        while (smallest.records().size() >= 2 && cpuNanos() < until) {
            List<TopicRecord> records = smallest.records();
            int length = Math.max(1, (records.size() + pieces - 1) / pieces);
            boolean isSmaller = false;
            for (int from = 0; from < records.size() && !isSmaller; from += length) {
                List<TopicRecord> rest = new ArrayList<>(records.subList(0, from));
                rest.addAll(
                        records.subList(Math.min(records.size(), from + length), records.size()));
                isSmaller = attempt(smallest.with(rest));
            }
            if (isSmaller) {
                pieces = Math.max(2, pieces - 1);
            } else if (length == 1) {
                return;
            } else {
                pieces = Math.min(records.size(), 2 * pieces);
            }
        }
    }

    /** CPU time, so that other load on the machine does not count. */
    private static long cpuNanos() {
        return ManagementFactory.getThreadMXBean().getCurrentThreadCpuTime();
    }

    private boolean attempt(World smaller) {
        if (cpuNanos() >= until || smaller.records().isEmpty() || !shows.test(smaller)) {
            return false;
        }
        smallest = smaller;
        return true;
    }
}
