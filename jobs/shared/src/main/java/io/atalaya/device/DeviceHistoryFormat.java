package io.atalaya.device;

import io.atalaya.serde.Binary;
import io.atalaya.serde.BinaryFormat;

import org.apache.flink.core.memory.DataInputView;
import org.apache.flink.core.memory.DataOutputView;

import java.io.IOException;

/** Binary form of {@link DeviceHistory}; its versions are those of {@link DeviceFormat}. */
public final class DeviceHistoryFormat implements BinaryFormat<DeviceHistory> {
    public static final DeviceHistoryFormat INSTANCE = new DeviceHistoryFormat();

    @Override
    public int version() {
        return 2;
    }

    @Override
    public Class<DeviceHistory> type() {
        return DeviceHistory.class;
    }

    @Override
    public void write(DeviceHistory history, DataOutputView out) throws IOException {
        Binary.writeList(
                history.registrations(),
                (registration, o) -> {
                    o.writeLong(registration.from());
                    Binary.writeOptional(registration.device(), DeviceFormat.INSTANCE::write, o);
                },
                out);
    }

    @Override
    public DeviceHistory read(int version, DataInputView in) throws IOException {
        requireKnown(version);
        return new DeviceHistory(
                Binary.readList(
                        i ->
                                new DeviceHistory.Registration(
                                        i.readLong(),
                                        Binary.readOptional(
                                                d -> DeviceFormat.INSTANCE.read(version, d), i)),
                        in));
    }
}
