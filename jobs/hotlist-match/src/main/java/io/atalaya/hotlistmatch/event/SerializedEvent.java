package io.atalaya.hotlistmatch.event;

import io.atalaya.flink.serializer.Binary;
import io.atalaya.flink.serializer.RecordSerializer;

import org.apache.flink.core.memory.DataInputDeserializer;
import org.apache.flink.core.memory.DataInputView;
import org.apache.flink.core.memory.DataOutputSerializer;
import org.apache.flink.core.memory.DataOutputView;

import java.io.IOException;
import java.io.UncheckedIOException;

/**
 * An event and its binary form, each derived from the other on first use. An event is sent under
 * each of its texts and most operators only forward or store it, so it is serialized once and
 * deserialized only where it is needed.
 */
public final class SerializedEvent {
    private static final RecordSerializer<PassageEvent> EVENTS =
            RecordSerializer.of(PassageEvent.class);

    private static final ThreadLocal<DataOutputSerializer> SCRATCH =
            ThreadLocal.withInitial(() -> new DataOutputSerializer(256));

    /** What is known of an event without deserializing it. */
    public enum Kind {
        PLATE_READ,
        /** The assignment of a tag to a read of the plate that it is registered for. */
        AGREEING_TAG,
        OTHER;

        private static final Kind[] ALL = values();

        private static Kind of(PassageEvent event) {
            if (event instanceof EnrichedRead) {
                return PLATE_READ;
            }
            return event instanceof TagAssignment assignment && assignment.isOfItsPlate()
                    ? AGREEING_TAG
                    : OTHER;
        }
    }

    private final long causedAt;
    private final Kind kind;

    /** The serialized event; volatile, because a state backend may read it from its own thread. */
    private volatile byte[] bytes;

    private PassageEvent event;

    private SerializedEvent(long at, Kind kind, byte[] bytes, PassageEvent event) {
        this.causedAt = at;
        this.kind = kind;
        this.bytes = bytes;
        this.event = event;
    }

    public static SerializedEvent of(PassageEvent event) {
        return new SerializedEvent(event.causedAt(), Kind.of(event), null, event);
    }

    /** Arrival time of what caused the event, epoch ms. */
    public long causedAt() {
        return causedAt;
    }

    public Kind kind() {
        return kind;
    }

    public PassageEvent event() {
        if (event == null) {
            try {
                event = EVENTS.read(new DataInputDeserializer(bytes));
            } catch (IOException e) {
                throw new UncheckedIOException("an event that was written by this version", e);
            }
        }
        return event;
    }

    /** Writes the event as its serializer does, so that a reader has to deserialize it. */
    public void writePlain(DataOutputView out) throws IOException {
        out.write(bytes());
    }

    /** Reads what {@link #writePlain} wrote. */
    public static SerializedEvent readPlain(DataInputView in) throws IOException {
        return of(EVENTS.read(in));
    }

    /** Writes the event so that {@link #read} need not deserialize it. */
    public void write(DataOutputView out) throws IOException {
        byte[] written = bytes();
        out.writeLong(causedAt);
        out.writeByte(kind.ordinal());
        Binary.writeVarInt(written.length, out);
        out.write(written);
    }

    /** Reads what {@link #write} wrote. */
    public static SerializedEvent read(DataInputView in) throws IOException {
        long at = in.readLong();
        Kind kind = Kind.ALL[in.readByte()];
        byte[] written = new byte[Binary.readVarInt(in)];
        in.readFully(written);
        return new SerializedEvent(at, kind, written, null);
    }

    private byte[] bytes() throws IOException {
        byte[] known = bytes;
        if (known == null) {
            DataOutputSerializer out = SCRATCH.get();
            out.clear();
            EVENTS.write(event, out);
            known = out.getCopyOfBuffer();
            bytes = known;
        }
        return known;
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof SerializedEvent that && event().equals(that.event());
    }

    @Override
    public int hashCode() {
        return event().hashCode();
    }

    @Override
    public String toString() {
        return event().toString();
    }
}
