package io.atalaya.hotlistmatch.passage;

import io.atalaya.contracts.plate.CanonicalPlate;
import io.atalaya.contracts.rfid.RfidRead;
import io.atalaya.contracts.rfid.TagKey;
import io.atalaya.flink.bulkhead.Bulkhead.Work;
import io.atalaya.flink.serializer.Binary;
import io.atalaya.flink.serializer.RecordPositionCode;
import io.atalaya.flink.serializer.RfidReadSerializer;
import io.atalaya.hotlistmatch.event.EnrichedTagRead;

import java.util.List;
import java.util.function.Consumer;

/** The tag reads of a device, and the passages that they were assigned to. */
final class TagRing extends ReadRing {
    /** No watermark: the passage is decided. */
    static final long DECIDED = Long.MAX_VALUE;

    private long[] keys = new long[capacity()];
    private long[] plates = new long[capacity()];
    private long[] releases = new long[capacity()];
    private int[] emitted = new int[capacity()];

    /** Where the assignments are among all bytes so far, or {@link #NONE}. */
    private long[] assignments = new long[capacity()];

    /** What has changed since {@link #allWritten}. */
    private boolean[] isChanged = new boolean[capacity()];

    /** No read before it has changed. */
    private long changedFrom;

    /** The undecided tags by the watermark at which they are due. */
    private final Timeline byRelease = new Timeline(this::readId);

    TagRing(Consumer<Work> undo) {
        super(undo);
    }

    /**
     * Adds a tag whose id is not known.
     *
     * @param releaseAt watermark at which its passage is decided, or {@link #DECIDED}
     * @param assigned see {@link #assignments}
     * @param nowEmitted see {@link #emitted}
     * @return its number
     */
    long add(EnrichedTagRead arrived, long releaseAt, List<Assignment> assigned, int nowEmitted) {
        RfidRead read = arrived.read();
        long key = TagKey.of(read.tagId());
        String registered = read.registeredPlate();
        long plate = registered == null ? 0 : CanonicalPlate.pack(registered);
        long number = end();
        prepare(
                read.readId(),
                arrived.arrivalTime(),
                read.deviceTime(),
                laneOf(read.lane()),
                out -> {
                    RfidReadSerializer.INSTANCE.write(read, out);
                    out.writeBoolean(arrived.isClockSuspect());
                    RecordPositionCode.write(arrived.position(), out);
                });
        int slot = slot(number);
        keys[slot] = key;
        plates[slot] = plate;
        releases[slot] = releaseAt;
        isChanged[slot] = true;
        emitted[slot] = nowEmitted;
        assignments[slot] = written(arrived.arrivalTime(), assigned);
        add();
        return number;
    }

    /** The tag's id as a key. */
    long key(long number) {
        return keys[slot(number)];
    }

    /** Packed canonical form of the plate it is registered for, or 0. */
    long plate(long number) {
        return plates[slot(number)];
    }

    /** Watermark at which its passage is decided, or {@link #DECIDED}. */
    long releaseAt(long number) {
        return releases[slot(number)];
    }

    boolean isAssigned(long number) {
        return assignments[slot(number)] != NONE;
    }

    /** The passages that it was assigned to, in order; empty: not emitted yet. */
    List<Assignment> assignments(long number) {
        return isAssigned(number)
                ? read(
                        place(assignments[slot(number)]),
                        in -> Binary.readList(row -> Assignment.read(arrivalTime(number), row), in))
                : List.of();
    }

    /** Number of assignments and retractions emitted for it. */
    int emitted(long number) {
        return emitted[slot(number)];
    }

    /** The read as it arrived. */
    EnrichedTagRead arrived(long number) {
        return read(
                contentStart(number),
                in -> {
                    RfidRead read = RfidReadSerializer.INSTANCE.read(in);
                    return new EnrichedTagRead(
                            arrivalTime(number),
                            in.readBoolean(),
                            read,
                            RecordPositionCode.read(in));
                });
    }

    /** The tags by when they are due. */
    Timeline byRelease() {
        return byRelease;
    }

    void setReleaseAt(long number, long releaseAt) {
        long old = releaseAt(number);
        if (releaseAt != old) {
            Work change = change(number);
            moveRelease(number, releaseAt);
            undoBy(
                    () -> {
                        moveRelease(number, old);
                        change.run();
                    });
        }
    }

    private void moveRelease(long number, long releaseAt) {
        removeRelease(number);
        releases[slot(number)] = releaseAt;
        putRelease(number);
    }

    private void putRelease(long number) {
        if (releaseAt(number) != DECIDED) {
            byRelease.put(releaseAt(number), number);
        }
    }

    private void removeRelease(long number) {
        if (releaseAt(number) != DECIDED) {
            byRelease.remove(releaseAt(number), number);
        }
    }

    void assign(long number, List<Assignment> newAssignments, int nowEmitted) {
        long old = assignments[slot(number)];
        int oldEmitted = emitted(number);
        Work change = change(number);
        assignments[slot(number)] = written(arrivalTime(number), newAssignments);
        emitted[slot(number)] = nowEmitted;
        undoBy(
                () -> {
                    assignments[slot(number)] = old;
                    emitted[slot(number)] = oldEmitted;
                    change.run();
                });
    }

    private long written(long arrival, List<Assignment> all) {
        return all.isEmpty()
                ? NONE
                : write(out -> Binary.writeList(all, (each, row) -> each.write(arrival, row), out));
    }

    /** Notes a change and returns how to undo that. */
    private Work change(long number) {
        long oldFrom = changedFrom;
        boolean old = isChanged[slot(number)];
        isChanged[slot(number)] = true;
        changedFrom = Math.min(changedFrom, number);
        return () -> {
            isChanged[slot(number)] = old;
            changedFrom = oldFrom;
        };
    }

    /** Number of the first read that may have changed. */
    long changedFrom() {
        return Math.max(changedFrom, first());
    }

    boolean isChanged(long number) {
        return isChanged[slot(number)];
    }

    /** Notes that all changes are in the state. */
    void allWritten() {
        for (long number = changedFrom(); number < end(); number++) {
            isChanged[slot(number)] = false;
        }
        changedFrom = end();
    }

    @Override
    void index(long number) {
        super.index(number);
        putRelease(number);
    }

    @Override
    void unindex(long number) {
        super.unindex(number);
        removeRelease(number);
    }

    @Override
    int idPlace(int start) {
        return RfidReadSerializer.idPlace(start);
    }

    @Override
    void resize() {
        keys = grown(keys);
        plates = grown(plates);
        releases = grown(releases);
        emitted = grown(emitted);
        isChanged = grown(isChanged);
        assignments = grown(assignments);
    }
}
