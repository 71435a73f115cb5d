package io.atalaya.hotlistmatch.passage;

import io.atalaya.contracts.rfid.RfidRead;
import io.atalaya.flink.serializer.Binary;
import io.atalaya.flink.serializer.RecordPositionCode;
import io.atalaya.flink.serializer.RecordSerializer;
import io.atalaya.flink.serializer.RfidReadSerializer;
import io.atalaya.hotlistmatch.event.EnrichedTagRead;

import org.apache.flink.core.memory.DataInputView;
import org.apache.flink.core.memory.DataOutputView;

import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Serializer of {@link DeviceReadsDelta}, by hand because it is written with each read. */
public final class DeviceReadsSerializer implements RecordSerializer<DeviceReadsDelta> {
    private static final int CLOCK_SUSPECT = 1 << RfidReadSerializer.FLAG_BITS;
    private static final int DECIDED = CLOCK_SUSPECT << 1;

    @Override
    public void write(DeviceReadsDelta delta, DataOutputView out) throws IOException {
        Binary.writeVarInt(delta.plates().size(), out);
        long before = 0;
        for (DeviceReadsDelta.Plate plate : delta.plates()) {
            String readId = plate.readId();
            Binary.writeString(readId, out);
            // Most reads are no revision, so their root is their own id.
            String root = plate.firstReadId();
            Binary.writeString(root.equals(readId) ? null : root, out);
            Binary.writeDistance(plate.arrivalTime(), before, out);
            before = plate.arrivalTime();
            Binary.writeDistance(plate.lane(), ReadRing.ANY_LANE, out);
            Binary.writeDistance(plate.deviceTime(), plate.arrivalTime(), out);
            Binary.writeVarInt(plate.texts().length, out);
            for (long text : plate.texts()) {
                Binary.writeVarLong(text, out);
            }
        }
        Binary.writeVarInt(delta.retracted().size(), out);
        for (Map.Entry<String, Long> entry : delta.retracted().entrySet()) {
            Binary.writeString(entry.getKey(), out);
            out.writeLong(entry.getValue());
        }
        writeTags(delta.tags(), out);
        for (int count : delta.confidences().counts()) {
            Binary.writeVarInt(count, out);
        }
    }

    /** Writes tags, all of one device, by their distances from the ones before. */
    private static void writeTags(List<DeviceReadsDelta.Tag> tags, DataOutputView out)
            throws IOException {
        Binary.writeVarInt(tags.size(), out);
        if (tags.isEmpty()) {
            return;
        }
        Binary.writeString(tags.get(0).arrived().deviceId(), out);
        long before = 0;
        for (DeviceReadsDelta.Tag tag : tags) {
            EnrichedTagRead arrived = tag.arrived();
            RfidRead read = arrived.read();
            long arrival = arrived.arrivalTime();
            boolean isDecided = tag.releaseAt() == TagRing.DECIDED;
            out.writeByte(
                    RfidReadSerializer.flags(read)
                            | (arrived.isClockSuspect() ? CLOCK_SUSPECT : 0)
                            | (isDecided ? DECIDED : 0));
            Binary.writeString(read.readId(), out);
            RfidReadSerializer.writeRest(read, before, out);
            Binary.writeDistance(arrival, read.deviceTime(), out);
            RecordPositionCode.write(arrived.position(), out);
            Binary.writeList(tag.assignments(), (each, row) -> each.write(arrival, row), out);
            Binary.writeVarInt(tag.emitted(), out);
            if (!isDecided) {
                Binary.writeDistance(tag.releaseAt(), arrival, out);
            }
            before = arrival;
        }
    }

    @Override
    public DeviceReadsDelta read(DataInputView in) throws IOException {
        List<DeviceReadsDelta.Plate> plates = new ArrayList<>();
        long arrival = 0;
        for (int i = Binary.readVarInt(in); i > 0; i--) {
            String readId = Binary.readString(in);
            String root = Binary.readString(in);
            arrival = Binary.readDistance(arrival, in);
            int lane = (int) Binary.readDistance(ReadRing.ANY_LANE, in);
            long time = Binary.readDistance(arrival, in);
            long[] texts = new long[Binary.readVarInt(in)];
            for (int t = 0; t < texts.length; t++) {
                texts[t] = Binary.readVarLong(in);
            }
            String firstReadId = root == null ? readId : root;
            plates.add(new DeviceReadsDelta.Plate(readId, firstReadId, arrival, lane, time, texts));
        }
        Map<String, Long> retracted = new LinkedHashMap<>();
        for (int i = Binary.readVarInt(in); i > 0; i--) {
            retracted.put(Binary.readString(in), in.readLong());
        }
        return new DeviceReadsDelta(plates, retracted, tags(in), confidences(in));
    }

    private static ConfidenceHistogram confidences(DataInputView in) throws IOException {
        int[] counts = new int[ConfidenceHistogram.BINS];
        for (int i = 0; i < counts.length; i++) {
            counts[i] = Binary.readVarInt(in);
        }
        return new ConfidenceHistogram(counts);
    }

    private static List<DeviceReadsDelta.Tag> tags(DataInputView in) throws IOException {
        int size = Binary.readVarInt(in);
        if (size == 0) {
            return List.of();
        }
        List<DeviceReadsDelta.Tag> tags = new ArrayList<>(size);
        String deviceId = Binary.readString(in);
        long before = 0;
        for (int i = 0; i < size; i++) {
            int flags = in.readByte();
            String readId = Binary.readString(in);
            RfidRead read = RfidReadSerializer.readRest(flags, readId, deviceId, before, in);
            long arrival = Binary.readDistance(read.deviceTime(), in);
            EnrichedTagRead arrived =
                    new EnrichedTagRead(
                            arrival,
                            (flags & CLOCK_SUSPECT) != 0,
                            read,
                            RecordPositionCode.read(in));
            tags.add(
                    new DeviceReadsDelta.Tag(
                            arrived,
                            Binary.readList(row -> Assignment.read(arrival, row), in),
                            Binary.readVarInt(in),
                            (flags & DECIDED) != 0
                                    ? TagRing.DECIDED
                                    : Binary.readDistance(arrival, in)));
            before = arrival;
        }
        return tags;
    }
}
