package io.atalaya.campaign;

import io.atalaya.campaign.World.Plan;
import io.atalaya.contracts.topic.TopicRecord;
import io.atalaya.testutils.Backend;

import org.junit.jupiter.api.Test;

import java.time.Duration;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;

import static org.assertj.core.api.Assertions.assertThat;

class ShrinkerTest {
    private static final Duration LIMIT = Duration.ofMinutes(1);
    private static final Plan MIXED = new Plan(3, true, 1_000, 500, Backend.ROCKSDB, 5, false);

    @Test
    void shrinksToThePairThatShowsTheFinding() {
        World world = world(MIXED);

        World small =
                Shrinker.shrink(
                        world, null, each -> keys(each).containsAll(List.of("17", "90")), LIMIT);

        assertThat(keys(small)).containsExactly("17", "90");
        assertThat(small.plan()).isEqualTo(Plan.plain(3, 5));
    }

    @Test
    void keepsTheNeededPlan() {
        World small =
                Shrinker.shrink(
                        world(MIXED),
                        "40",
                        each -> each.plan().isMixed() && keys(each).contains("40"),
                        LIMIT);

        assertThat(keys(small)).containsExactly("40");
        assertThat(small.plan()).isEqualTo(MIXED);
    }

    @Test
    void returnsTheWorldWhenTheTimeIsUp() {
        World world = world(MIXED);

        assertThat(Shrinker.shrink(world, null, each -> true, Duration.ZERO)).isSameAs(world);
    }

    private static World world(Plan plan) {
        Stream<TopicRecord> records =
                IntStream.range(0, 100)
                        .mapToObj(i -> new TopicRecord("plate-reads", i, String.valueOf(i), null));
        return new World("made", plan, records.toList());
    }

    private static List<String> keys(World world) {
        return world.records().stream().map(TopicRecord::key).toList();
    }
}
