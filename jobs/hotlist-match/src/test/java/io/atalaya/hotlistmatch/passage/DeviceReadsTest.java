package io.atalaya.hotlistmatch.passage;

import io.atalaya.contracts.rfid.RfidRead;
import io.atalaya.contracts.topic.RecordPosition;
import io.atalaya.flink.bulkhead.Bulkhead;
import io.atalaya.hotlistmatch.event.EnrichedTagRead;

import it.unimi.dsi.fastutil.longs.LongList;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Deque;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;

import static io.atalaya.hotlistmatch.SharedSamples.NOON;
import static org.assertj.core.api.Assertions.assertThat;

class DeviceReadsTest {
    private static final int STEPS = 120;
    private static final int MAX = 12;
    private static final long MEMORY = 60;

    /** Blocks of equal hashes. */
    private static final List<String> ID =
            IntStream.range(0, 32).mapToObj(DeviceReadsTest::id).toList();

    /** An id of eight has the same hash; every other eight are not of ASCII. */
    private static String id(int number) {
        return (number / 8 % 2 == 0 ? "é" : "e")
                + ((number & 1) == 0 ? "Aa" : "BB")
                + ((number & 2) == 0 ? "Aa" : "BB")
                + ((number & 4) == 0 ? "Aa" : "BB")
                + number / 8;
    }

    /** Compares with an instance that is never stored. Ids recur, also after they were pruned. */
    @Property(tries = 150)
    void whatWasTakenPieceByPieceIsTheWhole(@ForAll long seed) {
        Random random = new Random(seed);
        DeviceReads memory = new DeviceReads(undo -> {});
        List<DeviceReadsDelta> taken = new ArrayList<>();
        for (int step = 0; step < STEPS; step++) {
            memory.begin();
            memory.prune(step - MEMORY, MAX);
            change(memory, step, random);
            if (random.nextInt(4) == 0) {
                taken.add(memory.drainChanges());
            }
        }
        taken.add(memory.drainChanges());
        DeviceReads recalled = new DeviceReads(undo -> {});
        recalled.restore(taken);
        // Chunks still hold what was pruned since; the next message prunes it again.
        memory.prune(STEPS - MEMORY, MAX);
        recalled.prune(STEPS - MEMORY, MAX);

        assertThat(text(recalled)).isEqualTo(text(memory));
        assertThat(recalled.hasChanges()).isFalse();
        assertThat(memory.hasChanges()).isFalse();
    }

    private static void change(DeviceReads memory, long now, Random random) {
        String id = ID.get(random.nextInt(ID.size()));
        switch (random.nextInt(4)) {
            case 0 -> {
                if (memory.plates().find(id) == ReadRing.NONE) {
                    String root = random.nextInt(3) == 0 ? ID.get(random.nextInt(ID.size())) : id;
                    long time = now - random.nextInt(5);
                    memory.addPlate(
                            new DeviceReadsDelta.Plate(id, root, now, 1, time, new long[] {now}),
                            null);
                }
            }
            case 1 -> memory.markRetracted(id, now);
            case 2 -> {
                if (memory.tags().find(id) == ReadRing.NONE) {
                    memory.addTag(tag(id, 2, now, "NKR-48-16"), now + 6);
                }
            }
            default -> {
                TagRing tags = memory.tags();
                if (tags.size() > 0) {
                    long tag = tags.first() + random.nextInt(tags.size());
                    tags.setReleaseAt(tag, now + random.nextInt(9));
                    Assignment assignment = new Assignment(id, id, now);
                    tags.assign(tag, List.of(assignment), random.nextInt(9));
                }
            }
        }
    }

    private static EnrichedTagRead tag(String id, Integer lane, long now, String plate) {
        RfidRead read = new RfidRead(id, "ARCH-7", lane, now - 1, "REP1", plate, null);
        return new EnrichedTagRead(now, false, read, RecordPosition.UNKNOWN);
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
            memory.begin();
            twin.begin();
            if (random.nextInt(3) == 0) {
                undoes.clear();
                int changes = 1 + random.nextInt(20);
                for (int i = 0; i < changes; i++) {
                    change(memory, "X" + id(20 * step + i), now, random.nextLong());
                }
                undoAll(undoes);
            }
            long seed = random.nextLong();
            change(memory, "R" + id(step), now, seed);
            change(twin, "R" + id(step), now, seed);
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
        PlateRing plates = memory.plates();
        TagRing tags = memory.tags();
        String old =
                plates.size() == 0
                        ? readId
                        : plates.readId(plates.first() + random.nextInt(plates.size()));
        int lane = random.nextInt(4) == 0 ? ReadRing.ANY_LANE : random.nextInt(3);
        switch (random.nextInt(6)) {
            case 0 -> memory.markRetracted(old, now);
            case 1 -> memory.addConfidence(random.nextInt(100) / 100.0);
            case 2 -> memory.prune(now - random.nextInt(40_000), 4 + random.nextInt(20));
            case 3 -> {
                if (tags.size() > 0) {
                    long tag = tags.first() + random.nextInt(tags.size());
                    tags.setReleaseAt(
                            tag, random.nextBoolean() ? TagRing.DECIDED : now + random.nextInt(9));
                    tags.assign(tag, List.of(new Assignment(old, old, now)), random.nextInt(9));
                }
            }
            case 4 -> {
                Integer laneOfTag = lane < 0 ? null : lane;
                memory.addTag(tag(readId, laneOfTag, now, null), now + random.nextInt(9_000));
            }
            default ->
                    memory.addPlate(
                            new DeviceReadsDelta.Plate(
                                    readId,
                                    random.nextInt(3) == 0 ? memory.rootOf(old) : readId,
                                    now,
                                    lane,
                                    now - random.nextInt(3_000),
                                    new long[] {seed}),
                            null);
        }
    }

    /** All that is stored, and what is derived from it. */
    private static String text(DeviceReads memory) {
        PlateRing plates = memory.plates();
        TagRing tags = memory.tags();
        StringBuilder text = new StringBuilder(text(memory.copy()));
        for (long plate = plates.first(); plate < plates.end(); plate++) {
            String id = plates.readId(plate);
            assertThat(plates.find(id)).isEqualTo(plate);
            text.append(ids(plates, plates.chain(id)));
            for (long other = plates.first(); other < plates.end(); other++) {
                boolean isSame = plates.firstReadId(other).equals(plates.firstReadId(plate));
                assertThat(plates.root(other) == plates.root(plate)).isEqualTo(isSame);
            }
        }
        for (long tag = tags.first(); tag < tags.end(); tag++) {
            assertThat(tags.find(tags.readId(tag))).isEqualTo(tag);
            text.append(List.of(tags.key(tag), tags.plate(tag), tags.lane(tag)));
        }
        return text.append(ids(plates, plates.byTime().upTo(Long.MAX_VALUE)))
                .append(ids(tags, tags.byTime().upTo(Long.MAX_VALUE)))
                .append(ids(tags, tags.byRelease().upTo(Long.MAX_VALUE)))
                .append(memory.hasUnknownLane())
                .append(memory.prunedBefore())
                .append(memory.hasChanges())
                .toString();
    }

    private static String text(DeviceReadsDelta delta) {
        StringBuilder text = new StringBuilder();
        for (DeviceReadsDelta.Plate plate : delta.plates()) {
            text.append(
                    List.of(
                            plate.readId(),
                            plate.firstReadId(),
                            plate.arrivalTime(),
                            plate.lane(),
                            plate.deviceTime(),
                            Arrays.toString(plate.texts())));
        }
        return text.append(delta.retracted())
                .append(delta.tags())
                .append(Arrays.toString(delta.confidences().counts()))
                .toString();
    }

    private static List<String> ids(ReadRing ring, LongList numbers) {
        return numbers.longStream().mapToObj(ring::readId).toList();
    }
}
