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
    @Override
    public void write(DeviceReadsDelta delta, DataOutputView out) throws IOException {
        Binary.writeVarInt(delta.plates().size(), out);
        for (DeviceReadsDelta.Plate plate : delta.plates()) {
            String readId = plate.readId();
            Binary.writeString(readId, out);
            // Most reads are no revision, so their root is their own id.
            String root = plate.firstReadId();
            Binary.writeString(root.equals(readId) ? null : root, out);
            Binary.writeVarLong(plate.arrivalTime(), out);
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
        Binary.writeVarInt(delta.tags().size(), out);
        for (DeviceReadsDelta.Tag tag : delta.tags()) {
            EnrichedTagRead arrived = tag.arrived();
            RfidReadSerializer.INSTANCE.write(arrived.read(), out);
            out.writeLong(arrived.arrivalTime());
            out.writeBoolean(arrived.isClockSuspect());
            RecordPositionCode.write(arrived.position(), out);
            Binary.writeList(tag.assignments(), Assignment::write, out);
            Binary.writeVarInt(tag.emitted(), out);
            out.writeLong(tag.releaseAt());
        }
        for (int count : delta.confidences().counts()) {
            Binary.writeVarInt(count, out);
        }
    }

    @Override
    public DeviceReadsDelta read(DataInputView in) throws IOException {
        List<DeviceReadsDelta.Plate> plates = new ArrayList<>();
        for (int i = Binary.readVarInt(in); i > 0; i--) {
            String readId = Binary.readString(in);
            String root = Binary.readString(in);
            long arrival = Binary.readVarLong(in);
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
        List<DeviceReadsDelta.Tag> tags = new ArrayList<>();
        for (int i = Binary.readVarInt(in); i > 0; i--) {
            RfidRead read = RfidReadSerializer.INSTANCE.read(in);
            EnrichedTagRead arrived =
                    new EnrichedTagRead(
                            in.readLong(), in.readBoolean(), read, RecordPositionCode.read(in));
            tags.add(
                    new DeviceReadsDelta.Tag(
                            arrived,
                            Binary.readList(Assignment::read, in),
                            Binary.readVarInt(in),
                            in.readLong()));
        }
        return tags;
    }
}
