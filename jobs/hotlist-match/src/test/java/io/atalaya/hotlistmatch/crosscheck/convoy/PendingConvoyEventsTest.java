package io.atalaya.hotlistmatch.crosscheck.convoy;

import it.unimi.dsi.fastutil.longs.LongSet;
import org.junit.jupiter.api.Test;

import java.util.List;

import static io.atalaya.hotlistmatch.crosscheck.convoy.Drive.passage;
import static org.assertj.core.api.Assertions.assertThat;

class PendingConvoyEventsTest {
    private static final ConvoyEvent FIRST = event(10);
    private static final ConvoyEvent SECOND = event(20);

    private final PendingConvoyEvents waiting = new PendingConvoyEvents();

    @Test
    void anEventThatIsTakenBackLeavesNoTrace() {
        waiting.add(FIRST, LongSet.of(1, 2));
        PendingConvoyEvents.Memento before = waiting.memento("E-1");
        waiting.add(SECOND, LongSet.of(2, 3)).run();
        assertThat(waiting.memento("E-1")).isEqualTo(before);
        assertThat(waiting.drain("E-1")).containsExactly(FIRST);
    }

    @Test
    void anEntryWhoseOnlyEventIsTakenBackIsGone() {
        waiting.add(FIRST, LongSet.of(1)).run();
        assertThat(waiting.isEmpty()).isTrue();
        assertThat(waiting.dueBy(1)).isEmpty();
    }

    @Test
    void anEventIsTakenBackAfterTheEntryWasRestored() {
        Runnable undo = waiting.add(FIRST, LongSet.of(1));
        PendingConvoyEvents.Memento before = waiting.memento("E-1");
        waiting.drain("E-1");
        waiting.restore("E-1", before);
        undo.run();
        assertThat(waiting.isEmpty()).isTrue();
    }

    private static ConvoyEvent event(int second) {
        return new ConvoyEvent.NeighbourhoodFound(passage("A", second), 0, List.of());
    }
}
