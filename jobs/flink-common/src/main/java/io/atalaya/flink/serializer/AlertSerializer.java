package io.atalaya.flink.serializer;

import io.atalaya.contracts.alert.Alert;
import io.atalaya.contracts.alert.AlertCodec;
import io.atalaya.contracts.json.InvalidRecordException;

import org.apache.flink.core.memory.DataInputView;
import org.apache.flink.core.memory.DataOutputView;

import java.io.IOException;

/** The serializer of {@link Alert}, which writes JSON because alerts are rare. */
public final class AlertSerializer implements StateSerializer<Alert> {
    public static final AlertSerializer INSTANCE = new AlertSerializer();

    @Override
    public String id() {
        return "alert";
    }

    @Override
    public Class<Alert> type() {
        return Alert.class;
    }

    @Override
    public void write(Alert alert, DataOutputView out) throws IOException {
        byte[] json = AlertCodec.write(alert);
        out.writeLong(alert.causedAt());
        out.writeInt(json.length);
        out.write(json);
    }

    @Override
    public Alert read(DataInputView in) throws IOException {
        long at = in.readLong();
        byte[] json = new byte[in.readInt()];
        in.readFully(json);
        try {
            return AlertCodec.read(json, at);
        } catch (InvalidRecordException e) {
            throw new IOException("an alert of our own cannot be read back: " + e.getMessage(), e);
        }
    }
}
