package io.atalaya.hotlistmatch.anomaly;

import io.atalaya.hotlistmatch.news.CovertVersionFormat;
import io.atalaya.serde.Binary;
import io.atalaya.serde.BinaryFormat;

import org.apache.flink.core.memory.DataInputView;
import org.apache.flink.core.memory.DataOutputView;

import java.io.IOException;

/** Binary form of {@link CovertHistory}. */
public final class CovertHistoryFormat implements BinaryFormat<CovertHistory> {
    public static final CovertHistoryFormat INSTANCE = new CovertHistoryFormat();

    @Override
    public int version() {
        return 1;
    }

    @Override
    public Class<CovertHistory> type() {
        return CovertHistory.class;
    }

    @Override
    public void write(CovertHistory history, DataOutputView out) throws IOException {
        Binary.writeList(history.versions(), CovertVersionFormat.INSTANCE::write, out);
    }

    @Override
    public CovertHistory read(int version, DataInputView in) throws IOException {
        requireKnown(version);
        return new CovertHistory(
                Binary.readList(i -> CovertVersionFormat.INSTANCE.read(version, i), in));
    }
}
