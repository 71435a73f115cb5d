package io.atalaya.hotlistmatch.passage;

import io.atalaya.contracts.rfid.RfidRead;
import io.atalaya.flink.serializer.Binary;
import io.atalaya.flink.serializer.RecordPositionCode;
import io.atalaya.flink.serializer.RfidReadSerializer;
import io.atalaya.flink.serializer.StateSerializer;
import io.atalaya.hotlistmatch.event.TagArrival;

import org.apache.flink.core.memory.DataInputView;
import org.apache.flink.core.memory.DataOutputView;

import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Binary form of {@link DeviceNews}. */
public final class DeviceMemorySerializer implements StateSerializer<DeviceNews> {
    static final DeviceMemorySerializer INSTANCE = new DeviceMemorySerializer();

    @Override
    public String id() {
        return "device-reads";
    }

    @Override
    public Class<DeviceNews> type() {
        return DeviceNews.class;
    }

    @Override
    public void write(DeviceNews news, DataOutputView out) throws IOException {
        Binary.writeVarInt(news.sent().size(), out);
        for (DeviceMemory.Sent sent : news.sent()) {
            Binary.writeString(sent.readId(), out);
            // Most reads revise nothing: their root is their own id.
            Binary.writeString(sent.isRevision() ? sent.root() : null, out);
            Binary.writeVarLong(sent.arrival(), out);
            Binary.writeDistance(sent.lane(), DeviceMemory.ANY_LANE, out);
            Binary.writeDistance(sent.time(), sent.arrival(), out);
            Binary.writeVarInt(sent.plates().length, out);
            for (long plate : sent.plates()) {
                Binary.writeVarLong(plate, out);
            }
        }
        Binary.writeVarInt(news.gone().size(), out);
        for (Map.Entry<String, Long> entry : news.gone().entrySet()) {
            Binary.writeString(entry.getKey(), out);
            out.writeLong(entry.getValue());
        }
        Binary.writeVarInt(news.tags().size(), out);
        for (DeviceMemory.Tag tag : news.tags()) {
            RfidReadSerializer.INSTANCE.write(tag.read(), out);
            out.writeLong(tag.arrival());
            out.writeBoolean(tag.clockSuspect());
            RecordPositionCode.write(tag.position(), out);
            Binary.writeList(tag.homes(), DeviceMemorySerializer::writeHome, out);
            Binary.writeVarInt(tag.told(), out);
            out.writeLong(tag.due());
        }
        for (int count : news.confidences().counts()) {
            Binary.writeVarInt(count, out);
        }
    }

    private static void writeHome(DeviceMemory.Home home, DataOutputView out) throws IOException {
        Binary.writeString(home.root(), out);
        Binary.writeString(home.readId(), out);
        out.writeLong(home.at());
    }

    @Override
    public DeviceNews read(DataInputView in) throws IOException {
        List<DeviceMemory.Sent> sent = new ArrayList<>();
        for (int i = Binary.readVarInt(in); i > 0; i--) {
            String readId = Binary.readString(in);
            String root = Binary.readString(in);
            long arrival = Binary.readVarLong(in);
            int lane = (int) Binary.readDistance(DeviceMemory.ANY_LANE, in);
            long time = Binary.readDistance(arrival, in);
            long[] plates = new long[Binary.readVarInt(in)];
            for (int p = 0; p < plates.length; p++) {
                plates[p] = Binary.readVarLong(in);
            }
            sent.add(
                    new DeviceMemory.Sent(
                            readId,
                            root == null ? readId : root,
                            arrival,
                            lane,
                            time,
                            plates,
                            null));
        }
        Map<String, Long> gone = new LinkedHashMap<>();
        for (int i = Binary.readVarInt(in); i > 0; i--) {
            gone.put(Binary.readString(in), in.readLong());
        }
        return new DeviceNews(sent, gone, tags(in), confidences(in));
    }

    private static ConfidenceHistory confidences(DataInputView in) throws IOException {
        int[] counts = new int[ConfidenceHistory.BINS];
        for (int i = 0; i < counts.length; i++) {
            counts[i] = Binary.readVarInt(in);
        }
        return new ConfidenceHistory(counts);
    }

    private static List<DeviceMemory.Tag> tags(DataInputView in) throws IOException {
        List<DeviceMemory.Tag> tags = new ArrayList<>();
        for (int i = Binary.readVarInt(in); i > 0; i--) {
            RfidRead read = RfidReadSerializer.INSTANCE.read(in);
            TagArrival arrived =
                    new TagArrival(
                            in.readLong(), in.readBoolean(), read, RecordPositionCode.read(in));
            List<DeviceMemory.Home> homes = Binary.readList(DeviceMemorySerializer::home, in);
            int told = Binary.readVarInt(in);
            tags.add(DeviceMemory.Tag.of(arrived, in.readLong()).at(homes, told));
        }
        return tags;
    }

    private static DeviceMemory.Home home(DataInputView in) throws IOException {
        return new DeviceMemory.Home(Binary.readString(in), Binary.readString(in), in.readLong());
    }
}
