package io.atalaya.hotlistmatch.event;

import io.atalaya.flink.device.DeviceChangeSerializer;
import io.atalaya.flink.serializer.RecordSerializer;

import org.apache.flink.core.memory.DataInputView;
import org.apache.flink.core.memory.DataOutputView;

import java.io.IOException;

/** Serializer of {@link ReferenceUpdate}. */
public final class ReferenceUpdateSerializer implements RecordSerializer<ReferenceUpdate> {
    public static final ReferenceUpdateSerializer INSTANCE = new ReferenceUpdateSerializer();

    private static final int LIST = 1;
    private static final int DEVICE = 2;
    private static final int COVERT = 3;
    private static final int RECORD = 4;

    @Override
    public Class<ReferenceUpdate> type() {
        return ReferenceUpdate.class;
    }

    @Override
    public void write(ReferenceUpdate referenceUpdate, DataOutputView out) throws IOException {
        if (referenceUpdate instanceof ReferenceUpdate.HotlistChanged list) {
            out.writeByte(LIST);
            ListDeltaSerializer.INSTANCE.write(list.delta(), out);
        } else if (referenceUpdate instanceof ReferenceUpdate.DeviceChanged device) {
            out.writeByte(DEVICE);
            DeviceChangeSerializer.INSTANCE.write(device.change(), out);
        } else if (referenceUpdate instanceof ReferenceUpdate.CovertEntryChanged covert) {
            out.writeByte(COVERT);
            CovertVersionSerializer.INSTANCE.write(covert.version(), out);
        } else if (referenceUpdate instanceof ReferenceUpdate.CalibrationChanged record) {
            out.writeByte(RECORD);
            OffsetChangeSerializer.INSTANCE.write(record.change(), out);
        } else {
            throw new IllegalArgumentException("no form for " + referenceUpdate.getClass());
        }
    }

    @Override
    public ReferenceUpdate read(DataInputView in) throws IOException {
        int kind = in.readByte();
        return switch (kind) {
            case LIST -> new ReferenceUpdate.HotlistChanged(ListDeltaSerializer.INSTANCE.read(in));
            case DEVICE ->
                    new ReferenceUpdate.DeviceChanged(DeviceChangeSerializer.INSTANCE.read(in));
            case COVERT ->
                    new ReferenceUpdate.CovertEntryChanged(
                            CovertVersionSerializer.INSTANCE.read(in));
            case RECORD ->
                    new ReferenceUpdate.CalibrationChanged(
                            OffsetChangeSerializer.INSTANCE.read(in));
            default -> throw new IOException("news kind " + kind + " is unknown");
        };
    }
}
