package io.atalaya.hotlistmatch.event;

import io.atalaya.flink.serializer.Binary;

import org.apache.flink.core.memory.DataInputDeserializer;
import org.apache.flink.core.memory.DataInputView;
import org.apache.flink.core.memory.DataOutputSerializer;
import org.apache.flink.core.memory.DataOutputView;

import java.io.IOException;
import java.io.UncheckedIOException;

/**
 * An event and its binary form, each made from the other when first asked for. An event goes under
 * each of its texts, and most of its steps only hand it on or keep it: it is put into bytes once,
 * and read by those who look into it.
 */
public final class SerializedEvent {
    private static final int USUAL_LENGTH = 160;

    private final long at;
    private final boolean isSighting;

    /**
     * By {@link PassageEventSerializer}; volatile: a state backend may ask from a thread of its
     * own.
     */
    private volatile byte[] bytes;

    private PassageEvent event;

    private SerializedEvent(long at, boolean isSighting, byte[] bytes, PassageEvent event) {
        this.at = at;
        this.isSighting = isSighting;
        this.bytes = bytes;
        this.event = event;
    }

    public static SerializedEvent of(PassageEvent event) {
        return new SerializedEvent(event.at(), event instanceof EnrichedRead, null, event);
    }

    /** When what caused the event arrived, epoch ms. */
    public long at() {
        return at;
    }

    /** Whether it is a plate's read: that much is known without a look into it. */
    public boolean isSighting() {
        return isSighting;
    }

    public PassageEvent event() {
        if (event == null) {
            try {
                event = PassageEventSerializer.INSTANCE.read(new DataInputDeserializer(bytes));
            } catch (IOException e) {
                throw new UncheckedIOException("an event that was written by this version", e);
            }
        }
        return event;
    }

    /** As {@link PassageEventSerializer} writes it: whoever reads it back has to look into it. */
    public void writePlain(DataOutputView out) throws IOException {
        out.write(bytes());
    }

    /** So that {@link #read} need not look into it. */
    public void write(DataOutputView out) throws IOException {
        byte[] written = bytes();
        out.writeLong(at);
        out.writeBoolean(isSighting);
        Binary.writeVarInt(written.length, out);
        out.write(written);
    }

    /** Reads what {@link #write} wrote. */
    public static SerializedEvent read(DataInputView in) throws IOException {
        long at = in.readLong();
        boolean isSighting = in.readBoolean();
        byte[] written = new byte[Binary.readVarInt(in)];
        in.readFully(written);
        return new SerializedEvent(at, isSighting, written, null);
    }

    private byte[] bytes() throws IOException {
        byte[] known = bytes;
        if (known == null) {
            DataOutputSerializer out = new DataOutputSerializer(USUAL_LENGTH);
            PassageEventSerializer.INSTANCE.write(event, out);
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
