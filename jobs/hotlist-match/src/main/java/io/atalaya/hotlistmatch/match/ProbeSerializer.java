package io.atalaya.hotlistmatch.match;

import io.atalaya.flink.serializer.Binary;
import io.atalaya.flink.serializer.RecordSerializer;
import io.atalaya.hotlistmatch.event.SerializedEvent;

import org.apache.flink.core.memory.DataInputView;
import org.apache.flink.core.memory.DataOutputView;

import java.io.IOException;

/** Serializer of {@link Probe}, by hand because each read that passes the filter sends several. */
public final class ProbeSerializer implements RecordSerializer<Probe> {
    @Override
    public void write(Probe probe, DataOutputView out) throws IOException {
        out.writeLong(probe.applied());
        out.writeLong(probe.bucket());
        out.writeLong(probe.plate());
        probe.written().write(out);
        Binary.writeString(probe.image(), out);
    }

    @Override
    public Probe read(DataInputView in) throws IOException {
        long applied = in.readLong();
        return new Probe(
                in.readLong(),
                in.readLong(),
                applied,
                SerializedEvent.read(in),
                Binary.readString(in));
    }

    /**
     * Writes the stored part of a probe, without its sequence, which counts within one run only.
     */
    static void writeStored(Probe probe, DataOutputView out) throws IOException {
        out.writeLong(probe.bucket());
        out.writeLong(probe.plate());
        probe.written().writePlain(out);
    }

    static Probe readStored(DataInputView in) throws IOException {
        return new Probe(
                in.readLong(), in.readLong(), Probe.ANY, SerializedEvent.readPlain(in), null);
    }
}
