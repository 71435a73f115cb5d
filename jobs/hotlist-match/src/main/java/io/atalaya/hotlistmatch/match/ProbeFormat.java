package io.atalaya.hotlistmatch.match;

import io.atalaya.hotlistmatch.passage.PlateEventFormat;
import io.atalaya.serde.Binary;
import io.atalaya.serde.BinaryFormat;

import org.apache.flink.core.memory.DataInputView;
import org.apache.flink.core.memory.DataOutputView;

import java.io.IOException;

/**
 * Binary form of {@link Probe}. Versions 1 to 3, those of {@link PlateEventFormat}, did not say
 * what the prefilter knew; version 4 had no images.
 */
public final class ProbeFormat implements BinaryFormat<Probe> {
    public static final ProbeFormat INSTANCE = new ProbeFormat();

    @Override
    public int version() {
        return 5;
    }

    @Override
    public Class<Probe> type() {
        return Probe.class;
    }

    @Override
    public void write(Probe probe, DataOutputView out) throws IOException {
        out.writeLong(probe.applied());
        writeKept(probe, out);
        Binary.writeString(probe.image(), out);
    }

    @Override
    public Probe read(int version, DataInputView in) throws IOException {
        requireKnown(version);
        long applied = version < 4 ? Probe.ANY : in.readLong();
        Probe kept = read(applied, in);
        return version < 5
                ? kept
                : new Probe(
                        kept.bucket(), kept.plate(), applied, kept.event(), Binary.readString(in));
    }

    /** Writes what state holds of it: a sequence counts within one run. */
    static void writeKept(Probe probe, DataOutputView out) throws IOException {
        out.writeLong(probe.bucket());
        out.writeLong(probe.plate());
        PlateEventFormat.INSTANCE.write(probe.event(), out);
    }

    static Probe readKept(DataInputView in) throws IOException {
        return read(Probe.ANY, in);
    }

    private static Probe read(long applied, DataInputView in) throws IOException {
        return new Probe(in.readLong(), in.readLong(), applied, PlateEventFormat.readCurrent(in));
    }
}
