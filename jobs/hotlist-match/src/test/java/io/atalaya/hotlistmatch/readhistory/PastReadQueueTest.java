package io.atalaya.hotlistmatch.readhistory;

import io.atalaya.contracts.hotlist.MatchMode;
import io.atalaya.contracts.plate.CanonicalPlate;
import io.atalaya.contracts.topic.RecordPosition;
import io.atalaya.hotlistmatch.score.MatchTarget;

import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;
import org.junit.jupiter.api.Test;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Random;

import static org.assertj.core.api.Assertions.assertThat;

class PastReadQueueTest {
    private final PastReadQueue queue = new PastReadQueue(2);

    @Test
    void aLookWaitsForTheFilterThatIsHeldBack() {
        queue.add(query(1, 50));
        queue.mark(0, 5);
        assertThat(queue.hasDue()).isFalse();
        queue.mark(1, 1);
        assertThat(queue.poll().sequence()).isEqualTo(1);
    }

    @Test
    void aMarkThatOvertakesItsLookCounts() {
        queue.mark(0, 1);
        queue.mark(1, 1);
        queue.add(query(1, 50));
        assertThat(queue.hasDue()).isTrue();
    }

    @Test
    void anOlderMarkTakesNothingBack() {
        queue.mark(0, 3);
        queue.mark(1, 3);
        queue.mark(0, 2);
        queue.add(query(3, 50));
        assertThat(queue.hasDue()).isTrue();
    }

    @Test
    void theHighestPriorityGoesFirstThenTheOldest() {
        queue.add(query(1, 40));
        queue.add(query(2, 100));
        queue.add(query(3, 100));
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
        queue.restore(List.of(query(0, 40), query(0, 40)));
        assertThat(queue.poll()).isNotNull();
        assertThat(queue.poll()).isNull();
    }

    /** The records of one batch share one arrival time. */
    @Test
    void twoVersionsOfOneEntryAreBothRestored() {
        queue.restore(List.of(query(1, 40), query(2, 80)));
        assertThat(queue.size()).isEqualTo(2);
    }

    /**
     * Queries come in order of sequence and progress markers only rise, in any interleaving, for
     * three filters.
     */
    @Property(tries = 1_000)
    void isThePlainListOfLooksThatEveryFilterKnows(
            @ForAll @Size(max = 60) List<@IntRange(min = 0, max = 5) Integer> steps,
            @ForAll Random random) {
        PastReadQueue fast = new PastReadQueue(3);
        List<PastReadQueue.PastReadQuery> slow = new ArrayList<>();
        long[] marks = new long[3];
        long last = 0;
        for (int step : steps) {
            if (step < 3) {
                marks[step] += random.nextInt((int) (last + 3 - marks[step]));
                fast.mark(step, marks[step]);
            } else if (step < 5) {
                PastReadQueue.PastReadQuery query = query(++last, random.nextInt(3) * 40);
                fast.add(query);
                slow.add(query);
            } else {
                long known = Arrays.stream(marks).min().orElseThrow();
                PastReadQueue.PastReadQuery expected =
                        slow.stream()
                                .filter(query -> query.sequence() <= known)
                                .min(
                                        Comparator.comparingInt(
                                                        (PastReadQueue.PastReadQuery query) ->
                                                                -query.listed().priority())
                                                .thenComparingLong(
                                                        PastReadQueue.PastReadQuery::sequence))
                                .orElse(null);
                assertThat(fast.hasDue()).isEqualTo(expected != null);
                assertThat(fast.poll()).isEqualTo(expected);
                slow.remove(expected);
            }
            assertThat(fast.all()).containsExactlyInAnyOrderElementsOf(slow);
        }
    }

    private static PastReadQueue.PastReadQuery query(long sequence, int priority) {
        long plate = CanonicalPlate.pack("LXF0019");
        return new PastReadQueue.PastReadQuery(
                sequence,
                new MatchTarget(
                        "E1", plate, null, null, null, MatchMode.FUZZY, priority, null, null),
                1_000,
                0,
                RecordPosition.UNKNOWN);
    }
}
