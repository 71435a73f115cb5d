package io.atalaya.flink.device;

import io.atalaya.flink.serializer.Binary;
import io.atalaya.flink.serializer.DeviceSerializer;
import io.atalaya.flink.serializer.StateSerializer;

import org.apache.flink.core.memory.DataInputView;
import org.apache.flink.core.memory.DataOutputView;

import java.io.IOException;

/** The serializer of {@link DeviceHistory}; its version follows {@link DeviceSerializer}. */
public final class DeviceHistorySerializer implements StateSerializer<DeviceHistory> {
    public static final DeviceHistorySerializer INSTANCE = new DeviceHistorySerializer();

    @Override
    public String id() {
        return "device-history";
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
                    Binary.writeOptional(
                            registration.device(), DeviceSerializer.INSTANCE::write, o);
                },
                out);
    }

    @Override
    public DeviceHistory read(DataInputView in) throws IOException {
        return new DeviceHistory(
                Binary.readList(
                        i ->
                                new DeviceHistory.Registration(
                                        i.readLong(),
                                        Binary.readOptional(DeviceSerializer.INSTANCE::read, i)),
                        in));
    }
}
