package io.atalaya.hotlistmatch.crosscheck;

import io.atalaya.flink.serializer.StateSerializer;
import io.atalaya.hotlistmatch.crosscheck.CrossCheckAlertFunction.CrossCheckAlertState;

import org.apache.flink.core.memory.DataInputView;
import org.apache.flink.core.memory.DataOutputView;

import java.io.IOException;

/** Serializer of {@link CrossCheckAlertState}. */
public final class CrossCheckAlertStateSerializer implements StateSerializer<CrossCheckAlertState> {
    public static final CrossCheckAlertStateSerializer INSTANCE =
            new CrossCheckAlertStateSerializer();

    @Override
    public String id() {
        return "cross-check-alert";
    }

    @Override
    public Class<CrossCheckAlertState> type() {
        return CrossCheckAlertState.class;
    }

    @Override
    public void write(CrossCheckAlertState value, DataOutputView out) throws IOException {
        CrossCheckFindingSerializer.INSTANCE.write(value.latest(), out);
        out.writeLong(value.revision());
        out.writeInt(value.digest());
    }

    @Override
    public CrossCheckAlertState read(DataInputView in) throws IOException {
        return new CrossCheckAlertState(
                CrossCheckFindingSerializer.INSTANCE.read(in), in.readLong(), in.readInt());
    }
}
