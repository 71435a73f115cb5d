package io.atalaya.hotlistmatch.match;

import io.atalaya.hotlistmatch.passage.PlateEventFormat;
import io.atalaya.hotlistmatch.passage.WrittenEvent;
import io.atalaya.serde.Binary;
import io.atalaya.serde.BinaryFormat;

import org.apache.flink.core.memory.DataInputView;
import org.apache.flink.core.memory.DataOutputView;

import java.io.IOException;

/**
 * Binary form of {@link Probe}. Versions 1 to 3, those of {@link PlateEventFormat}, did not say
 * what the prefilter knew; version 4 had no images; the events of version 5 had to be looked into;
 * version 7 holds version 5 of the events.
 */
public final class ProbeFormat implements BinaryFormat<Probe> {
    public static final ProbeFormat INSTANCE = new ProbeFormat();

    @Override
    public int version() {
        return 7;
    }

    @Override
    public Class<Probe> type() {
        return Probe.class;
    }

    @Override
    public void write(Probe probe, DataOutputView out) throws IOException {
        out.writeLong(probe.applied());
        out.writeLong(probe.bucket());
        out.writeLong(probe.plate());
        probe.written().write(out);
        Binary.writeString(probe.image(), out);
    }

    @Override
    public Probe read(int version, DataInputView in) throws IOException {
        requireKnown(version);
        long applied = version < 4 ? Probe.ANY : in.readLong();
        if (version < 6) {
            Probe kept = readKept(applied, in);
            return version < 5 ? kept : kept.with(Binary.readString(in));
        }
        return new Probe(
                in.readLong(),
                in.readLong(),
                applied,
                WrittenEvent.read(in),
                Binary.readString(in));
    }

    /** Writes what state holds of it: a sequence counts within one run. */
    static void writeKept(Probe probe, DataOutputView out) throws IOException {
        out.writeLong(probe.bucket());
        out.writeLong(probe.plate());
        probe.written().writePlain(out);
    }

    static Probe readKept(DataInputView in) throws IOException {
        return readKept(Probe.ANY, in);
    }

    private static Probe readKept(long applied, DataInputView in) throws IOException {
        return new Probe(in.readLong(), in.readLong(), applied, PlateEventFormat.readCurrent(in));
    }
}
