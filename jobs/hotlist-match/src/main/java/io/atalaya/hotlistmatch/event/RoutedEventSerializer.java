package io.atalaya.hotlistmatch.event;

import io.atalaya.flink.serializer.RecordSerializer;

import org.apache.flink.core.memory.DataInputView;
import org.apache.flink.core.memory.DataOutputView;

import java.io.IOException;

/**
 * Serializer of {@link RoutedEvent}, by hand because every read is sent under each of its texts.
 */
public final class RoutedEventSerializer implements RecordSerializer<RoutedEvent> {
    private static final int TEXT = 1;
    private static final int MARK = 2;

    @Override
    public void write(RoutedEvent route, DataOutputView out) throws IOException {
        if (route instanceof RoutedEvent.ByPlate text) {
            out.writeByte(TEXT);
            out.writeLong(text.key());
            out.writeLong(text.plate());
            out.writeBoolean(text.isTop());
            text.written().write(out);
        } else if (route instanceof RoutedEvent.Progress mark) {
            out.writeByte(MARK);
            out.writeLong(mark.key());
            out.writeInt(mark.from());
            out.writeLong(mark.sequence());
        } else {
            throw new IllegalArgumentException("no form for " + route.getClass());
        }
    }

    @Override
    public RoutedEvent read(DataInputView in) throws IOException {
        int kind = in.readByte();
        return switch (kind) {
            case TEXT ->
                    new RoutedEvent.ByPlate(
                            in.readLong(),
                            in.readLong(),
                            in.readBoolean(),
                            SerializedEvent.read(in));
            case MARK -> new RoutedEvent.Progress(in.readLong(), in.readInt(), in.readLong());
            default -> throw new IOException("plate route kind " + kind + " is unknown");
        };
    }
}
