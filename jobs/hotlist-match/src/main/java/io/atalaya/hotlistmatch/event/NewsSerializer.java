package io.atalaya.hotlistmatch.event;

import io.atalaya.flink.device.DeviceChangeSerializer;
import io.atalaya.flink.serializer.RecordSerializer;

import org.apache.flink.core.memory.DataInputView;
import org.apache.flink.core.memory.DataOutputView;

import java.io.IOException;

/** Binary form of {@link News}. */
public final class NewsSerializer implements RecordSerializer<News> {
    public static final NewsSerializer INSTANCE = new NewsSerializer();

    private static final int LIST = 1;
    private static final int DEVICE = 2;
    private static final int COVERT = 3;
    private static final int RECORD = 4;

    @Override
    public Class<News> type() {
        return News.class;
    }

    @Override
    public void write(News news, DataOutputView out) throws IOException {
        if (news instanceof News.OfList list) {
            out.writeByte(LIST);
            ListDeltaSerializer.INSTANCE.write(list.delta(), out);
        } else if (news instanceof News.OfDevice device) {
            out.writeByte(DEVICE);
            DeviceChangeSerializer.INSTANCE.write(device.change(), out);
        } else if (news instanceof News.OfCovert covert) {
            out.writeByte(COVERT);
            CovertVersionSerializer.INSTANCE.write(covert.version(), out);
        } else if (news instanceof News.OfRecord record) {
            out.writeByte(RECORD);
            ShiftChangeSerializer.INSTANCE.write(record.change(), out);
        } else {
            throw new IllegalArgumentException("no form for " + news.getClass());
        }
    }

    @Override
    public News read(DataInputView in) throws IOException {
        int kind = in.readByte();
        return switch (kind) {
            case LIST -> new News.OfList(ListDeltaSerializer.INSTANCE.read(in));
            case DEVICE -> new News.OfDevice(DeviceChangeSerializer.INSTANCE.read(in));
            case COVERT -> new News.OfCovert(CovertVersionSerializer.INSTANCE.read(in));
            case RECORD -> new News.OfRecord(ShiftChangeSerializer.INSTANCE.read(in));
            default -> throw new IOException("news kind " + kind + " is unknown");
        };
    }
}
