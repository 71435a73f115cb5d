package io.atalaya.hotlistmatch.prefilter;

import io.atalaya.contracts.topic.RecordPosition;
import io.atalaya.hotlistmatch.event.EnrichedRead;
import io.atalaya.hotlistmatch.event.HotlistChange;
import io.atalaya.hotlistmatch.event.ListDelta;
import io.atalaya.hotlistmatch.event.RoutedEvent;
import io.atalaya.hotlistmatch.harness.Operators;
import io.atalaya.hotlistmatch.passage.PassageOperator;
import io.atalaya.testutils.Backend;
import io.atalaya.testutils.Subtask;

import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.Tuple;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.IntStream;

import static io.atalaya.hotlistmatch.SharedSamples.NOON;
import static io.atalaya.hotlistmatch.TestRecords.enrichedRead;
import static io.atalaya.hotlistmatch.TestRecords.entry;
import static io.atalaya.hotlistmatch.TestRecords.read;
import static org.assertj.core.api.Assertions.assertThat;

/**
 * The registry rebuilds the prefilter when it is full. Every live plate is found before, during and
 * after the rebuild, also if both operators restart during it; so is an ended plate, as long as
 * reads of its time may arrive.
 */
class PrefilterRebuildOperatorTest {
    private static final int ENTRIES = 12;

    /** An action on the list or the job. */
    private sealed interface Action {
        record List(int entry, int plate) implements Action {}

        record Remove(int entry) implements Action {}

        record Wait(int ms) implements Action {}

        record Restart() implements Action {}
    }

    @Provide
    Arbitrary<List<Action>> actions() {
        Arbitrary<Integer> entries = Arbitraries.integers().between(0, ENTRIES - 1);
        Arbitrary<Integer> plates = Arbitraries.integers().between(0, 99);
        return Arbitraries.frequencyOf(
                        Tuple.of(
                                6,
                                Combinators.combine(entries, plates).<Action>as(Action.List::new)),
                        Tuple.of(3, entries.<Action>map(Action.Remove::new)),
                        Tuple.of(
                                2,
                                Arbitraries.integers().between(1, 6).<Action>map(Action.Wait::new)),
                        Tuple.of(1, Arbitraries.just(new Action.Restart())))
                .list()
                .ofMaxSize(60);
    }

    @Property(tries = 60)
    void everyPlateIsFoundAtAllTimes(
            @ForAll("actions") List<Action> actions, @ForAll Backend backend) throws Exception {
        try (RegistryAndPassage job = new RegistryAndPassage(backend, 4)) {
            for (Action action : actions) {
                if (action instanceof Action.List list) {
                    job.list("E" + list.entry(), plate(list.plate()));
                } else if (action instanceof Action.Remove remove) {
                    job.remove("E" + remove.entry());
                } else if (action instanceof Action.Wait pause) {
                    job.pass(pause.ms());
                } else {
                    job.restart();
                }
                assertThat(job.missed()).isEmpty();
            }
            job.pass(100);
            assertThat(job.missed()).isEmpty();
            assertThat(job.rebuilding()).isFalse();
        }
    }

    /** About 6,000 plates take several slices, between which the list changes. */
    @ParameterizedTest
    @EnumSource
    void theListChangesAndTheJobRestartsBetweenSlices(Backend backend) throws Exception {
        try (RegistryAndPassage job = new RegistryAndPassage(backend, 5_990)) {
            for (int i = 0; i < 6_000; i++) {
                job.list("E" + i, plate(i));
            }
            // Two slices, then a restart, which starts the rebuild again, and two of three or four
            // more.
            for (int slice = 0; slice < 4; slice++) {
                job.pass(5);
                assertThat(job.rebuilding()).isTrue();
                job.list("E" + slice, plate(7_000 + slice));
                job.remove("E" + (100 + slice));
                if (slice == 1) {
                    job.restart();
                }
            }
            job.pass(20);
            assertThat(job.rebuilding()).isFalse();
            assertThat(job.missed()).isEmpty();
        }
    }

    @ParameterizedTest
    @EnumSource
    void stalePlatesLeaveWithTheRebuild(Backend backend) throws Exception {
        try (RegistryAndPassage job = new RegistryAndPassage(backend, 50)) {
            for (int i = 0; i < 45; i++) {
                job.list("E" + i, plate(i));
            }
            IntStream.range(0, 45).forEach(i -> job.remove("E" + i));
            assertThat(found(job, 0, 45)).isEqualTo(45);
            job.outliveTheEnded();
            for (int i = 45; i < 60; i++) {
                job.list("E" + i, plate(i));
            }
            job.pass(10);

            assertThat(found(job, 45, 60)).isEqualTo(15);
            assertThat(found(job, 0, 45)).isLessThan(10);
        }
    }

    private static int found(RegistryAndPassage job, int from, int to) {
        return (int) IntStream.range(from, to).filter(i -> job.finds(plate(i))).count();
    }

    /** Plates that are far apart, because similar ones would match each other. */
    private static String plate(int number) {
        StringBuilder plate = new StringBuilder();
        long mixed = number * 0x9e3779b97f4a7c15L;
        for (int i = 0; i < 8; i++) {
            plate.append((char) ('0' + Math.floorMod(mixed >>> 7 * i, 10)));
        }
        return plate.toString();
    }

    /** The two operators and the edge between them, which delivers deltas at once. */
    private static final class RegistryAndPassage implements AutoCloseable {
        private final Subtask<HotlistChange, Void, ListDelta> registry;
        private final Subtask<EnrichedRead, ListDelta, RoutedEvent> passage;
        private final Map<String, String> live = new TreeMap<>();
        private final Set<String> ended = new TreeSet<>();
        private long now = NOON;
        private int reads;
        private boolean rebuilding;

        RegistryAndPassage(Backend backend, int filterCapacity) throws Exception {
            registry = Subtask.start(Operators.registry(filterCapacity), backend, now);
            passage = Subtask.start(Operators.passage(filterCapacity), backend, now);
        }

        void list(String entryId, String plate) {
            end(live.put(entryId, plate));
            change(new HotlistChange(entryId, entry(entryId, plate), now, RecordPosition.UNKNOWN));
        }

        void remove(String entryId) {
            end(live.remove(entryId));
            change(new HotlistChange(entryId, null, now, RecordPosition.UNKNOWN));
        }

        private void end(String plate) {
            if (plate != null) {
                ended.add(plate);
            }
        }

        /** Advances time until no read of an ended plate can arrive any more. */
        void outliveTheEnded() {
            ended.clear();
            long keep = Operators.KEEP.toMillis();
            run(
                    () -> {
                        passage.watermark(now + keep + 1);
                        passage.now(now + keep + 1);
                        passage.watermark(now + keep + 2);
                    });
        }

        private void change(HotlistChange change) {
            run(() -> registry.first(change));
        }

        void pass(int ms) {
            for (int i = 0; i < ms; i++) {
                now++;
                run(() -> registry.now(now));
            }
        }

        /** Restarts both at one barrier: no delta is in flight. */
        void restart() {
            run(
                    () -> {
                        passage.restart();
                        registry.restart();
                    });
        }

        boolean rebuilding() {
            return rebuilding;
        }

        List<String> missed() {
            List<String> missed = new ArrayList<>(live.values());
            missed.addAll(ended);
            missed.removeIf(this::finds);
            return missed;
        }

        boolean finds(String plate) {
            passage.drain(PassageOperator.PROBES);
            run(() -> passage.first(enrichedRead(read("ARCO-1", "R" + reads++, now, plate))));
            return !passage.drain(PassageOperator.PROBES).isEmpty();
        }

        private interface Event {
            void happen() throws Exception;
        }

        private void run(Event event) {
            try {
                event.happen();
                for (ListDelta delta : registry.drain()) {
                    if (delta instanceof ListDelta.RebuildStarted) {
                        rebuilding = true;
                    } else if (delta instanceof ListDelta.RebuildFinished) {
                        rebuilding = false;
                    }
                    passage.second(delta);
                }
            } catch (Exception e) {
                throw new IllegalStateException(e);
            }
        }

        @Override
        public void close() {
            registry.close();
            passage.close();
        }
    }
}
