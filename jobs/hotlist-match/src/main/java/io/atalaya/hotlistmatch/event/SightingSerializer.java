package io.atalaya.hotlistmatch.event;

import io.atalaya.flink.serializer.RecordSerializer;

import org.apache.flink.core.memory.DataInputView;
import org.apache.flink.core.memory.DataOutputView;

import java.io.IOException;

/** Binary form of a {@link Sighting} where nothing else can come. */
public final class SightingSerializer implements RecordSerializer<Sighting> {
    public static final SightingSerializer INSTANCE = new SightingSerializer();

    @Override
    public Class<Sighting> type() {
        return Sighting.class;
    }

    @Override
    public void write(Sighting sighting, DataOutputView out) throws IOException {
        PlateEventSerializer.INSTANCE.write(sighting, out);
    }

    @Override
    public Sighting read(DataInputView in) throws IOException {
        return (Sighting) PlateEventSerializer.INSTANCE.read(in);
    }
}
