package io.atalaya.hotlistmatch.calibration;

import io.atalaya.flink.serializer.Binary;
import io.atalaya.flink.serializer.StateSerializer;
import io.atalaya.hotlistmatch.event.OffsetChangeSerializer;

import org.apache.flink.core.memory.DataInputView;
import org.apache.flink.core.memory.DataOutputView;

import java.io.IOException;

/** Serializer of {@link OffsetHistory}. */
public final class OffsetHistorySerializer implements StateSerializer<OffsetHistory> {
    public static final OffsetHistorySerializer INSTANCE = new OffsetHistorySerializer();

    @Override
    public String id() {
        return "offset-history";
    }

    @Override
    public Class<OffsetHistory> type() {
        return OffsetHistory.class;
    }

    @Override
    public void write(OffsetHistory history, DataOutputView out) throws IOException {
        Binary.writeList(
                history.periods(),
                (period, o) -> {
                    o.writeLong(period.from());
                    OffsetChangeSerializer.writeShift(period.offset(), o);
                },
                out);
    }

    @Override
    public OffsetHistory read(DataInputView in) throws IOException {
        return new OffsetHistory(
                Binary.readList(
                        i ->
                                new OffsetHistory.Period(
                                        i.readLong(), OffsetChangeSerializer.readShift(i)),
                        in));
    }
}
