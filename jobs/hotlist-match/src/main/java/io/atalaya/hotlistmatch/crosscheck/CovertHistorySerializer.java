package io.atalaya.hotlistmatch.crosscheck;

import io.atalaya.flink.serializer.Binary;
import io.atalaya.flink.serializer.StateSerializer;
import io.atalaya.hotlistmatch.event.CovertVersionSerializer;

import org.apache.flink.core.memory.DataInputView;
import org.apache.flink.core.memory.DataOutputView;

import java.io.IOException;

/** Serializer of {@link CovertHistory}. */
public final class CovertHistorySerializer implements StateSerializer<CovertHistory> {
    public static final CovertHistorySerializer INSTANCE = new CovertHistorySerializer();

    @Override
    public String id() {
        return "covert-history";
    }

    @Override
    public Class<CovertHistory> type() {
        return CovertHistory.class;
    }

    @Override
    public void write(CovertHistory history, DataOutputView out) throws IOException {
        Binary.writeList(history.versions(), CovertVersionSerializer.INSTANCE::write, out);
    }

    @Override
    public CovertHistory read(DataInputView in) throws IOException {
        return new CovertHistory(Binary.readList(CovertVersionSerializer.INSTANCE::read, in));
    }
}
