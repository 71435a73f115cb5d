package io.atalaya.hotlistmatch.passage;

import io.atalaya.contracts.rfid.RfidRead;
import io.atalaya.contracts.topic.RecordPosition;
import io.atalaya.flink.bulkhead.Bulkhead;
import io.atalaya.hotlistmatch.event.EnrichedTagRead;

import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.apache.flink.core.memory.DataOutputSerializer;

import java.io.IOException;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.Deque;
import java.util.List;
import java.util.Random;
import java.util.TreeMap;
import java.util.stream.Stream;

import static io.atalaya.hotlistmatch.SharedSamples.NOON;
import static org.assertj.core.api.Assertions.assertThat;

class DeviceReadsTest {
    private static final int STEPS = 120;
    private static final int MAX = 12;
    private static final long MEMORY = 60;

    /** Compares with an instance that is never stored. Ids recur, also after they were pruned. */
    @Property(tries = 150)
    void whatWasTakenPieceByPieceIsTheWhole(@ForAll long seed) throws Exception {
        Random random = new Random(seed);
        DeviceReads memory = new DeviceReads(undo -> {});
        List<DeviceReadsDelta> taken = new ArrayList<>();
        for (int step = 0; step < STEPS; step++) {
            memory.prune(step - MEMORY, MAX);
            change(memory, step, random);
            if (random.nextInt(4) == 0) {
                taken.add(memory.drainChanges());
            }
        }
        taken.add(memory.drainChanges());
        DeviceReads recalled = new DeviceReads(undo -> {});
        for (DeviceReadsDelta delta : taken) {
            recalled.restore(delta);
        }
        forgetWhatIsNotIn(memory, recalled);

        assertThat(contents(recalled)).isEqualTo(contents(memory));
        assertThat(byAge(recalled)).isEqualTo(byAge(memory));
        assertThat(recalled.hasChanges()).isFalse();
        assertThat(memory.hasChanges()).isFalse();
    }

    private static void change(DeviceReads memory, long now, Random random) {
        String id = "R" + random.nextInt(30);
        switch (random.nextInt(4)) {
            case 0 -> {
                if (memory.sent(id) == null) {
                    String root = random.nextInt(3) == 0 ? "R" + random.nextInt(30) : id;
                    long time = now - random.nextInt(5);
                    memory.remember(
                            new DeviceReads.ForwardedRead(
                                    id, root, now, 1, time, new long[] {now}, null));
                }
            }
            case 1 -> memory.markRetracted(id, now);
            case 2 -> {
                if (!memory.tags().containsKey(id)) {
                    RfidRead read =
                            new RfidRead(id, "ARCH-7", 2, now - 1, "REP1", "NKR-48-16", null);
                    memory.remember(
                            DeviceReads.Tag.of(
                                    new EnrichedTagRead(now, false, read, RecordPosition.UNKNOWN),
                                    now + 6));
                }
            }
            default ->
                    memory.tags().values().stream()
                            .skip(random.nextInt(5))
                            .findFirst()
                            .ifPresent(tag -> memory.remember(tag.dueAt(now + random.nextInt(9))));
        }
    }

    /**
     * Removes records that were pruned since, because chunks still hold them and the next message
     * prunes them again.
     */
    private static void forgetWhatIsNotIn(DeviceReads memory, DeviceReads recalled) {
        recalled.sent().keySet().retainAll(memory.sent().keySet());
        recalled.retracted().keySet().retainAll(memory.retracted().keySet());
        recalled.tags().keySet().retainAll(memory.tags().keySet());
    }

    /** The ids in the order of eviction. */
    private static List<List<String>> byAge(DeviceReads memory) {
        return List.of(
                List.copyOf(memory.sent().keySet()),
                List.copyOf(memory.retracted().keySet()),
                List.copyOf(memory.tags().keySet()));
    }

    private static List<Object> contents(DeviceReads memory) throws IOException {
        DataOutputSerializer out = new DataOutputSerializer(256);
        for (int count : memory.confidences().counts()) {
            out.writeInt(count);
        }
        TreeMap<String, Object> reads = new TreeMap<>();
        memory.sent()
                .forEach(
                        (id, sent) ->
                                reads.put(
                                        id,
                                        List.of(
                                                sent.firstReadId(),
                                                sent.arrivalTime(),
                                                sent.deviceTime(),
                                                Arrays.toString(sent.plates()))));
        Stream<Object> near =
                Stream.concat(
                        memory.sentNear(STEPS, STEPS, any -> true).stream()
                                .filter(sent -> memory.sent().containsKey(sent.readId()))
                                .map(DeviceReads.ForwardedRead::readId),
                        memory.tagsNear(STEPS, STEPS, any -> true).stream()
                                .filter(tag -> memory.tags().containsKey(tag.read().readId())));
        return List.of(
                reads,
                new TreeMap<>(memory.retracted()),
                new TreeMap<>(memory.tags()),
                near.toList(),
                Arrays.hashCode(out.getCopyOfBuffer()));
    }

    /** An undone change leaves no trace in the stored, derived or unsaved data. */
    @Property
    void whatIsTakenBackHasNeverBeen(@ForAll Random random) {
        Deque<Bulkhead.Work> undoes = new ArrayDeque<>();
        DeviceReads memory = new DeviceReads(undoes::push);
        DeviceReads twin = new DeviceReads(undo -> {});
        long now = NOON;
        for (int step = 0; step < 60; step++) {
            now += 1_000;
            if (random.nextInt(3) == 0) {
                undoes.clear();
                int changes = 1 + random.nextInt(4);
                for (int i = 0; i < changes; i++) {
                    change(memory, "X" + step + "-" + i, now, random.nextLong());
                }
                undoAll(undoes);
            }
            long seed = random.nextLong();
            change(memory, "R" + step, now, seed);
            change(twin, "R" + step, now, seed);
            if (random.nextInt(10) == 0) {
                assertThat(text(memory.drainChanges())).isEqualTo(text(twin.drainChanges()));
            }
            assertThat(text(memory)).isEqualTo(text(twin));
        }
        assertThat(text(memory.drainChanges())).isEqualTo(text(twin.drainChanges()));
    }

    private static void undoAll(Deque<Bulkhead.Work> undoes) {
        while (!undoes.isEmpty()) {
            try {
                undoes.pop().run();
            } catch (Exception e) {
                throw new AssertionError("an undo has failed", e);
            }
        }
    }

    private static void change(DeviceReads memory, String readId, long now, long seed) {
        Random random = new Random(seed);
        List<String> known = List.copyOf(memory.sent().keySet());
        String old = known.isEmpty() ? readId : known.get(random.nextInt(known.size()));
        List<DeviceReads.Tag> tags = List.copyOf(memory.tags().values());
        int lane = random.nextInt(4) == 0 ? DeviceReads.ANY_LANE : random.nextInt(3);
        switch (random.nextInt(6)) {
            case 0 -> memory.markRetracted(old, now);
            case 1 -> memory.addConfidence(random.nextInt(100) / 100.0);
            case 2 -> memory.prune(now - random.nextInt(40_000), 4 + random.nextInt(20));
            case 3 -> {
                if (!tags.isEmpty()) {
                    DeviceReads.Tag tag = tags.get(random.nextInt(tags.size()));
                    long due = random.nextBoolean() ? Long.MAX_VALUE : now + random.nextInt(9_000);
                    memory.remember(tag.dueAt(due));
                }
            }
            case 4 -> {
                RfidRead read =
                        new RfidRead(
                                readId, "ARCO-1", lane < 0 ? null : lane, now, "T", null, null);
                memory.remember(
                        DeviceReads.Tag.of(
                                new EnrichedTagRead(now, false, read, RecordPosition.UNKNOWN),
                                now + random.nextInt(9_000)));
            }
            default ->
                    memory.remember(
                            new DeviceReads.ForwardedRead(
                                    readId,
                                    random.nextInt(3) == 0 ? memory.rootOf(old) : readId,
                                    now,
                                    lane,
                                    now - random.nextInt(3_000),
                                    new long[] {seed},
                                    null));
        }
    }

    private static String text(DeviceReads memory) {
        StringBuilder text = new StringBuilder(text(memory.copy()));
        memory.sent().keySet().forEach(root -> text.append(ids(memory.chain(root))));
        return text.append(ids(memory.sentNear(NOON, Long.MAX_VALUE / 2, any -> true)))
                .append(memory.tagsNear(NOON, Long.MAX_VALUE / 2, any -> true))
                .append(memory.tagsDueBy(Long.MAX_VALUE - 1))
                .append(memory.hasUnknownLane())
                .append(memory.prunedBefore())
                .append(memory.hasChanges())
                .toString();
    }

    private static String text(DeviceReadsDelta delta) {
        return ids(delta.sent())
                + delta.retracted()
                + delta.tags()
                + Arrays.toString(delta.confidences().counts());
    }

    private static String ids(Collection<DeviceReads.ForwardedRead> reads) {
        return reads.stream().map(DeviceReads.ForwardedRead::readId).toList().toString();
    }
}
