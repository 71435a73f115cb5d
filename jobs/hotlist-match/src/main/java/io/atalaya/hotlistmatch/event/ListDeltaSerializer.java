package io.atalaya.hotlistmatch.event;

import io.atalaya.flink.serializer.RecordPositionCode;
import io.atalaya.flink.serializer.RecordSerializer;
import io.atalaya.hotlistmatch.score.MatchTargetSerializer;

import org.apache.flink.core.memory.DataInputView;
import org.apache.flink.core.memory.DataOutputView;

import java.io.IOException;

/** Serializer of {@link ListDelta}. */
public final class ListDeltaSerializer implements RecordSerializer<ListDelta> {
    public static final ListDeltaSerializer INSTANCE = new ListDeltaSerializer();

    private static final int ADDED = 1;
    private static final int REMOVED = 2;
    private static final int REBUILD_STARTED = 3;
    private static final int RELISTED = 4;
    private static final int REBUILD_FINISHED = 5;

    @Override
    public Class<ListDelta> type() {
        return ListDelta.class;
    }

    @Override
    public void write(ListDelta delta, DataOutputView out) throws IOException {
        if (delta instanceof ListDelta.Added added) {
            out.writeByte(ADDED);
            out.writeLong(added.sequence());
            MatchTargetSerializer.INSTANCE.write(added.listed(), out);
            out.writeLong(added.from());
            out.writeBoolean(added.looksBack());
            RecordPositionCode.write(added.position(), out);
        } else if (delta instanceof ListDelta.Removed removed) {
            out.writeByte(REMOVED);
            out.writeLong(removed.sequence());
            MatchTargetSerializer.INSTANCE.write(removed.listed(), out);
            out.writeLong(removed.from());
            out.writeLong(removed.to());
            RecordPositionCode.write(removed.position(), out);
        } else if (delta instanceof ListDelta.RebuildStarted started) {
            out.writeByte(REBUILD_STARTED);
            out.writeLong(started.sequence());
            out.writeInt(started.capacity());
        } else if (delta instanceof ListDelta.Relisted relisted) {
            out.writeByte(RELISTED);
            out.writeLong(relisted.sequence());
            out.writeLong(relisted.key());
        } else if (delta instanceof ListDelta.RebuildFinished finished) {
            out.writeByte(REBUILD_FINISHED);
            out.writeLong(finished.sequence());
        } else {
            throw new IllegalArgumentException("no form for " + delta.getClass());
        }
    }

    @Override
    public ListDelta read(DataInputView in) throws IOException {
        int kind = in.readByte();
        long sequence = in.readLong();
        return switch (kind) {
            case ADDED ->
                    new ListDelta.Added(
                            sequence,
                            MatchTargetSerializer.INSTANCE.read(in),
                            in.readLong(),
                            in.readBoolean(),
                            RecordPositionCode.read(in));
            case REMOVED ->
                    new ListDelta.Removed(
                            sequence,
                            MatchTargetSerializer.INSTANCE.read(in),
                            in.readLong(),
                            in.readLong(),
                            RecordPositionCode.read(in));
            case REBUILD_STARTED -> new ListDelta.RebuildStarted(sequence, in.readInt());
            case RELISTED -> new ListDelta.Relisted(sequence, in.readLong());
            case REBUILD_FINISHED -> new ListDelta.RebuildFinished(sequence);
            default -> throw new IOException("list delta kind " + kind + " is unknown");
        };
    }
}
