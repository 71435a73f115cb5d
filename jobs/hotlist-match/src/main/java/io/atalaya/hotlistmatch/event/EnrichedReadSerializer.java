package io.atalaya.hotlistmatch.event;

import io.atalaya.flink.serializer.RecordSerializer;

import org.apache.flink.core.memory.DataInputView;
import org.apache.flink.core.memory.DataOutputView;

import java.io.IOException;

/** Serializer of {@link EnrichedRead} for edges and state that hold no other event. */
public final class EnrichedReadSerializer implements RecordSerializer<EnrichedRead> {
    public static final EnrichedReadSerializer INSTANCE = new EnrichedReadSerializer();

    @Override
    public Class<EnrichedRead> type() {
        return EnrichedRead.class;
    }

    @Override
    public void write(EnrichedRead enrichedRead, DataOutputView out) throws IOException {
        PassageEventSerializer.INSTANCE.write(enrichedRead, out);
    }

    @Override
    public EnrichedRead read(DataInputView in) throws IOException {
        return (EnrichedRead) PassageEventSerializer.INSTANCE.read(in);
    }
}
