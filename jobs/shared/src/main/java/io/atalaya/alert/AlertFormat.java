package io.atalaya.alert;

import io.atalaya.json.InvalidRecordException;
import io.atalaya.serde.BinaryFormat;

import org.apache.flink.core.memory.DataInputView;
import org.apache.flink.core.memory.DataOutputView;

import java.io.IOException;

/**
 * Alerts between operators: rare, and never state, so their JSON serves. Version 1 held hot-list
 * matches only; JSON of it is JSON of version 2.
 */
public final class AlertFormat implements BinaryFormat<Alert> {
    public static final AlertFormat INSTANCE = new AlertFormat();

    @Override
    public int version() {
        return 2;
    }

    @Override
    public Class<Alert> type() {
        return Alert.class;
    }

    @Override
    public void write(Alert alert, DataOutputView out) throws IOException {
        byte[] json = AlertJson.write(alert);
        out.writeLong(alert.at());
        out.writeInt(json.length);
        out.write(json);
    }

    @Override
    public Alert read(int version, DataInputView in) throws IOException {
        requireKnown(version);
        long at = in.readLong();
        byte[] json = new byte[in.readInt()];
        in.readFully(json);
        try {
            return AlertJson.read(json, at);
        } catch (InvalidRecordException e) {
            throw new IOException("an alert of our own cannot be read back: " + e.getMessage(), e);
        }
    }
}
