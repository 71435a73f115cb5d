package io.atalaya.hotlistmatch.match;

import io.atalaya.hotlistmatch.passage.PlateEventFormat;
import io.atalaya.serde.BinaryFormat;

import org.apache.flink.core.memory.DataInputView;
import org.apache.flink.core.memory.DataOutputView;

import java.io.IOException;

/** Binary form of {@link Probe}. Versions are those of {@link PlateEventFormat}. */
public final class ProbeFormat implements BinaryFormat<Probe> {
    public static final ProbeFormat INSTANCE = new ProbeFormat();

    @Override
    public int version() {
        return 3;
    }

    @Override
    public Class<Probe> type() {
        return Probe.class;
    }

    @Override
    public void write(Probe probe, DataOutputView out) throws IOException {
        out.writeLong(probe.bucket());
        out.writeLong(probe.plate());
        PlateEventFormat.INSTANCE.write(probe.event(), out);
    }

    @Override
    public Probe read(int version, DataInputView in) throws IOException {
        requireKnown(version);
        return new Probe(in.readLong(), in.readLong(), PlateEventFormat.readCurrent(in));
    }
}
