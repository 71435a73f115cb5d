package io.atalaya.hotlistmatch.event;

import io.atalaya.flink.serializer.Binary;
import io.atalaya.flink.serializer.RecordSerializer;

import org.apache.flink.core.memory.DataInputView;
import org.apache.flink.core.memory.DataOutputView;

import java.io.IOException;

/** Binary form of {@link PlateRoute}s. */
public final class PlateRouteSerializer implements RecordSerializer<PlateRoute> {
    public static final PlateRouteSerializer INSTANCE = new PlateRouteSerializer();

    private static final int TEXT = 1;
    private static final int MARK = 2;

    @Override
    public Class<PlateRoute> type() {
        return PlateRoute.class;
    }

    @Override
    public void write(PlateRoute route, DataOutputView out) throws IOException {
        if (route instanceof PlateRoute.Text text) {
            out.writeByte(TEXT);
            out.writeLong(text.key());
            out.writeLong(text.plate());
            out.writeBoolean(text.isTop());
            out.writeShort(text.near());
            out.writeLong(text.applied());
            text.written().write(out);
            Binary.writeString(text.image(), out);
        } else if (route instanceof PlateRoute.Mark mark) {
            out.writeByte(MARK);
            out.writeLong(mark.key());
            out.writeInt(mark.from());
            out.writeLong(mark.sequence());
        } else {
            throw new IllegalArgumentException("no form for " + route.getClass());
        }
    }

    @Override
    public PlateRoute read(DataInputView in) throws IOException {
        int kind = in.readByte();
        return switch (kind) {
            case TEXT ->
                    new PlateRoute.Text(
                            in.readLong(),
                            in.readLong(),
                            in.readBoolean(),
                            in.readShort(),
                            in.readLong(),
                            WrittenEvent.read(in),
                            Binary.readString(in));
            case MARK -> new PlateRoute.Mark(in.readLong(), in.readInt(), in.readLong());
            default -> throw new IOException("plate route kind " + kind + " is unknown");
        };
    }
}
