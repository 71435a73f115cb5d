package io.atalaya.hotlistmatch.calibration;

import io.atalaya.flink.serializer.Binary;
import io.atalaya.flink.serializer.StateSerializer;
import io.atalaya.hotlistmatch.event.ShiftChangeSerializer;

import org.apache.flink.core.memory.DataInputView;
import org.apache.flink.core.memory.DataOutputView;

import java.io.IOException;

/** Binary form of {@link ShiftHistory}. */
public final class ShiftHistorySerializer implements StateSerializer<ShiftHistory> {
    public static final ShiftHistorySerializer INSTANCE = new ShiftHistorySerializer();

    @Override
    public String id() {
        return "offset-history";
    }

    @Override
    public Class<ShiftHistory> type() {
        return ShiftHistory.class;
    }

    @Override
    public void write(ShiftHistory history, DataOutputView out) throws IOException {
        Binary.writeList(
                history.periods(),
                (period, o) -> {
                    o.writeLong(period.from());
                    ShiftChangeSerializer.writeShift(period.shift(), o);
                },
                out);
    }

    @Override
    public ShiftHistory read(DataInputView in) throws IOException {
        return new ShiftHistory(
                Binary.readList(
                        i ->
                                new ShiftHistory.Period(
                                        i.readLong(), ShiftChangeSerializer.readShift(i)),
                        in));
    }
}
