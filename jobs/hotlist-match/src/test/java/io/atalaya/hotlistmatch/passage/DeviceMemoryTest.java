package io.atalaya.hotlistmatch.passage;

import io.atalaya.rfid.RfidRead;

import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.apache.flink.core.memory.DataOutputSerializer;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.TreeMap;
import java.util.stream.Stream;

import static org.assertj.core.api.Assertions.assertThat;

class DeviceMemoryTest {
    private static final int STEPS = 120;
    private static final int MAX = 12;
    private static final long MEMORY = 60;

    /** The oracle: a memory that is never written. Ids come again, also after they were pruned. */
    @Property(tries = 300)
    void whatWasTakenPieceByPieceIsTheWhole(@ForAll long seed) throws Exception {
        Random random = new Random(seed);
        DeviceMemory memory = new DeviceMemory(undo -> {});
        List<DeviceNews> taken = new ArrayList<>();
        for (int step = 0; step < STEPS; step++) {
            memory.prune(step - MEMORY, MAX);
            change(memory, step, random);
            if (random.nextInt(4) == 0) {
                taken.add(memory.takeNews());
            }
        }
        taken.add(memory.takeNews());
        DeviceMemory recalled = new DeviceMemory(undo -> {});
        for (DeviceNews news : taken) {
            recalled.recall(news);
        }
        forgetWhatIsNotIn(memory, recalled);

        assertThat(contents(recalled)).isEqualTo(contents(memory));
        assertThat(byAge(recalled)).isEqualTo(byAge(memory));
        assertThat(recalled.hasNews()).isFalse();
        assertThat(memory.hasNews()).isFalse();
    }

    private static void change(DeviceMemory memory, long now, Random random) {
        String id = "R" + random.nextInt(30);
        switch (random.nextInt(4)) {
            case 0 -> {
                if (memory.sent(id) == null) {
                    String root = random.nextInt(3) == 0 ? "R" + random.nextInt(30) : id;
                    long time = now - random.nextInt(5);
                    memory.remember(
                            new DeviceMemory.Sent(id, root, now, 1, time, new long[] {now}, null));
                }
            }
            case 1 -> memory.markGone(id, now);
            case 2 -> {
                if (!memory.tags().containsKey(id)) {
                    RfidRead read =
                            new RfidRead(id, "ARCH-7", 2, now - 1, "REP1", "NKR-48-16", null);
                    memory.remember(DeviceMemory.Tag.of(new TagArrival(now, false, read), now + 6));
                }
            }
            default ->
                    memory.tags().values().stream()
                            .skip(random.nextInt(5))
                            .findFirst()
                            .ifPresent(tag -> memory.remember(tag.dueAt(now + random.nextInt(9))));
        }
    }

    /** Pieces hold also what has been pruned since, which the next message prunes again. */
    private static void forgetWhatIsNotIn(DeviceMemory memory, DeviceMemory recalled) {
        recalled.sent().keySet().retainAll(memory.sent().keySet());
        recalled.gone().keySet().retainAll(memory.gone().keySet());
        recalled.tags().keySet().retainAll(memory.tags().keySet());
    }

    /** In the order in which they are forgotten. */
    private static List<List<String>> byAge(DeviceMemory memory) {
        return List.of(
                List.copyOf(memory.sent().keySet()),
                List.copyOf(memory.gone().keySet()),
                List.copyOf(memory.tags().keySet()));
    }

    private static List<Object> contents(DeviceMemory memory) throws IOException {
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
                                                sent.root(),
                                                sent.arrival(),
                                                sent.time(),
                                                Arrays.toString(sent.plates()))));
        Stream<Object> near =
                Stream.concat(
                        memory.sentNear(STEPS, STEPS).stream()
                                .filter(sent -> memory.sent().containsKey(sent.readId()))
                                .map(DeviceMemory.Sent::readId),
                        memory.tagsNear(STEPS, STEPS).stream()
                                .filter(tag -> memory.tags().containsKey(tag.read().readId())));
        return List.of(
                reads,
                new TreeMap<>(memory.gone()),
                new TreeMap<>(memory.tags()),
                near.toList(),
                Arrays.hashCode(out.getCopyOfBuffer()));
    }
}
