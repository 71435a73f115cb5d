package io.atalaya.hotlistmatch.event;

import io.atalaya.flink.serializer.BinaryFormat;

import org.apache.flink.core.memory.DataInputView;
import org.apache.flink.core.memory.DataOutputView;

import java.io.IOException;

/** Binary form of a {@link Sighting} where nothing else can come. */
public final class SightingFormat implements BinaryFormat<Sighting> {
    public static final SightingFormat INSTANCE = new SightingFormat();

    @Override
    public Class<Sighting> type() {
        return Sighting.class;
    }

    @Override
    public void write(Sighting sighting, DataOutputView out) throws IOException {
        PlateEventFormat.INSTANCE.write(sighting, out);
    }

    @Override
    public Sighting read(DataInputView in) throws IOException {
        return (Sighting) PlateEventFormat.INSTANCE.read(in);
    }
}
