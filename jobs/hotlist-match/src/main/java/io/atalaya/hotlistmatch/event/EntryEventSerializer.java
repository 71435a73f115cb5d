package io.atalaya.hotlistmatch.event;

import io.atalaya.flink.serializer.Binary;
import io.atalaya.flink.serializer.RecordPositionCode;
import io.atalaya.flink.serializer.RecordSerializer;

import org.apache.flink.core.memory.DataInputView;
import org.apache.flink.core.memory.DataOutputView;

import java.io.IOException;

/** Serializer of {@link EntryEvent}. */
public final class EntryEventSerializer implements RecordSerializer<EntryEvent> {
    public static final EntryEventSerializer INSTANCE = new EntryEventSerializer();

    private static final int FINDING = 1;
    private static final int STARTED = 2;
    private static final int ENDED = 3;

    @Override
    public Class<EntryEvent> type() {
        return EntryEvent.class;
    }

    @Override
    public void write(EntryEvent input, DataOutputView out) throws IOException {
        if (input instanceof EntryEvent.ReadMatched finding) {
            out.writeByte(FINDING);
            Binary.writeString(finding.entryId(), out);
            out.writeLong(finding.version());
            PassageEventSerializer.INSTANCE.write(finding.event(), out);
        } else if (input instanceof EntryEvent.VersionStarted started) {
            out.writeByte(STARTED);
            EntryVersionSerializer.INSTANCE.write(started.version(), out);
        } else if (input instanceof EntryEvent.VersionEnded ended) {
            out.writeByte(ENDED);
            Binary.writeString(ended.entryId(), out);
            out.writeLong(ended.from());
            out.writeLong(ended.to());
            out.writeBoolean(ended.replaced());
            RecordPositionCode.write(ended.position(), out);
        } else {
            throw new IllegalArgumentException("no form for " + input.getClass());
        }
    }

    @Override
    public EntryEvent read(DataInputView in) throws IOException {
        int kind = in.readByte();
        return switch (kind) {
            case FINDING ->
                    new EntryEvent.ReadMatched(
                            Binary.readString(in),
                            in.readLong(),
                            PassageEventSerializer.INSTANCE.read(in));
            case STARTED -> new EntryEvent.VersionStarted(EntryVersionSerializer.INSTANCE.read(in));
            case ENDED ->
                    new EntryEvent.VersionEnded(
                            Binary.readString(in),
                            in.readLong(),
                            in.readLong(),
                            in.readBoolean(),
                            RecordPositionCode.read(in));
            default -> throw new IOException("case input kind " + kind + " is unknown");
        };
    }
}
