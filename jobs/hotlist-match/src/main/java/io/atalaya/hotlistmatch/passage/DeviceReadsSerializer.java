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
        Binary.writeVarInt(delta.sent().size(), out);
        for (DeviceReads.ForwardedRead sent : delta.sent()) {
            Binary.writeString(sent.readId(), out);
            // Most reads are no revision, so their root is their own id.
            Binary.writeString(sent.isRevision() ? sent.firstReadId() : null, out);
            Binary.writeVarLong(sent.arrivalTime(), out);
            Binary.writeDistance(sent.lane(), DeviceReads.ANY_LANE, out);
            Binary.writeDistance(sent.deviceTime(), sent.arrivalTime(), out);
            Binary.writeVarInt(sent.plates().length, out);
            for (long plate : sent.plates()) {
                Binary.writeVarLong(plate, out);
            }
        }
        Binary.writeVarInt(delta.retracted().size(), out);
        for (Map.Entry<String, Long> entry : delta.retracted().entrySet()) {
            Binary.writeString(entry.getKey(), out);
            out.writeLong(entry.getValue());
        }
        Binary.writeVarInt(delta.tags().size(), out);
        for (DeviceReads.Tag tag : delta.tags()) {
            RfidReadSerializer.INSTANCE.write(tag.read(), out);
            out.writeLong(tag.arrivalTime());
            out.writeBoolean(tag.isClockSuspect());
            RecordPositionCode.write(tag.position(), out);
            Binary.writeList(tag.assignments(), DeviceReadsSerializer::writeAssignment, out);
            Binary.writeVarInt(tag.emitted(), out);
            out.writeLong(tag.releaseAt());
        }
        for (int count : delta.confidences().counts()) {
            Binary.writeVarInt(count, out);
        }
    }

    private static void writeAssignment(DeviceReads.Assignment assignment, DataOutputView out)
            throws IOException {
        Binary.writeString(assignment.firstReadId(), out);
        Binary.writeString(assignment.readId(), out);
        out.writeLong(assignment.assignedAt());
    }

    @Override
    public DeviceReadsDelta read(DataInputView in) throws IOException {
        List<DeviceReads.ForwardedRead> sent = new ArrayList<>();
        for (int i = Binary.readVarInt(in); i > 0; i--) {
            String readId = Binary.readString(in);
            String root = Binary.readString(in);
            long arrival = Binary.readVarLong(in);
            int lane = (int) Binary.readDistance(DeviceReads.ANY_LANE, in);
            long time = Binary.readDistance(arrival, in);
            long[] plates = new long[Binary.readVarInt(in)];
            for (int p = 0; p < plates.length; p++) {
                plates[p] = Binary.readVarLong(in);
            }
            sent.add(
                    new DeviceReads.ForwardedRead(
                            readId,
                            root == null ? readId : root,
                            arrival,
                            lane,
                            time,
                            plates,
                            null));
        }
        Map<String, Long> retracted = new LinkedHashMap<>();
        for (int i = Binary.readVarInt(in); i > 0; i--) {
            retracted.put(Binary.readString(in), in.readLong());
        }
        return new DeviceReadsDelta(sent, retracted, tags(in), confidences(in));
    }

    private static ConfidenceHistogram confidences(DataInputView in) throws IOException {
        int[] counts = new int[ConfidenceHistogram.BINS];
        for (int i = 0; i < counts.length; i++) {
            counts[i] = Binary.readVarInt(in);
        }
        return new ConfidenceHistogram(counts);
    }

    private static List<DeviceReads.Tag> tags(DataInputView in) throws IOException {
        List<DeviceReads.Tag> tags = new ArrayList<>();
        for (int i = Binary.readVarInt(in); i > 0; i--) {
            RfidRead read = RfidReadSerializer.INSTANCE.read(in);
            EnrichedTagRead arrived =
                    new EnrichedTagRead(
                            in.readLong(), in.readBoolean(), read, RecordPositionCode.read(in));
            List<DeviceReads.Assignment> assignments =
                    Binary.readList(DeviceReadsSerializer::assignment, in);
            int emitted = Binary.readVarInt(in);
            tags.add(DeviceReads.Tag.of(arrived, in.readLong()).at(assignments, emitted));
        }
        return tags;
    }

    private static DeviceReads.Assignment assignment(DataInputView in) throws IOException {
        return new DeviceReads.Assignment(
                Binary.readString(in), Binary.readString(in), in.readLong());
    }
}
