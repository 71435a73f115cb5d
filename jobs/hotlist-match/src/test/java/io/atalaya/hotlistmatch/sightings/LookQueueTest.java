package io.atalaya.hotlistmatch.sightings;

import io.atalaya.hotlist.MatchMode;
import io.atalaya.hotlistmatch.score.Listed;
import io.atalaya.plate.CanonicalPlate;

import org.junit.jupiter.api.Test;

import java.util.List;

import static org.assertj.core.api.Assertions.assertThat;

class LookQueueTest {
    private final LookQueue queue = new LookQueue(2);

    @Test
    void aLookWaitsForTheFilterThatIsHeldBack() {
        queue.add(look(1, 50));
        queue.mark(0, 5);
        assertThat(queue.hasDue()).isFalse();
        queue.mark(1, 1);
        assertThat(queue.poll().sequence()).isEqualTo(1);
    }

    @Test
    void aMarkThatOvertakesItsLookCounts() {
        queue.mark(0, 1);
        queue.mark(1, 1);
        queue.add(look(1, 50));
        assertThat(queue.hasDue()).isTrue();
    }

    @Test
    void anOlderMarkTakesNothingBack() {
        queue.mark(0, 3);
        queue.mark(1, 3);
        queue.mark(0, 2);
        queue.add(look(3, 50));
        assertThat(queue.hasDue()).isTrue();
    }

    @Test
    void theHighestPriorityGoesFirstThenTheOldest() {
        queue.add(look(1, 40));
        queue.add(look(2, 100));
        queue.add(look(3, 100));
        queue.mark(0, 3);
        queue.mark(1, 3);
        assertThat(
                        List.of(
                                queue.poll().sequence(),
                                queue.poll().sequence(),
                                queue.poll().sequence()))
                .containsExactly(2L, 3L, 1L);
    }

    @Test
    void whatACheckpointHeldIsDueOnceHoweverManySubtasksHeldIt() {
        queue.restore(List.of(look(0, 40), look(0, 40)));
        assertThat(queue.poll()).isNotNull();
        assertThat(queue.poll()).isNull();
    }

    private static Look look(long sequence, int priority) {
        long plate = CanonicalPlate.pack("LXF0019");
        return new Look(
                sequence,
                new Listed("E1", plate, null, null, MatchMode.FUZZY, priority, null, null),
                1_000);
    }
}
