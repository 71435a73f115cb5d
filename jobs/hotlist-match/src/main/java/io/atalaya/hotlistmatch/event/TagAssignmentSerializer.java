package io.atalaya.hotlistmatch.event;

import io.atalaya.contracts.plate.CanonicalPlate;
import io.atalaya.contracts.rfid.RfidRead;
import io.atalaya.flink.serializer.Binary;
import io.atalaya.flink.serializer.RecordPositionCode;
import io.atalaya.flink.serializer.RecordSerializer;
import io.atalaya.flink.serializer.RfidReadSerializer;

import org.apache.flink.core.memory.DataInputView;
import org.apache.flink.core.memory.DataOutputView;

import java.io.IOException;

/**
 * Serializer of {@link TagAssignment}, by hand because each tag read causes one. It omits what
 * follows from its other fields.
 */
final class TagAssignmentSerializer implements RecordSerializer<TagAssignment> {
    private static final int PASSAGE_MASK = 0x3;
    private static final int CLOCK_SUSPECT = 1 << 2;
    private static final int PLATE_READ = 1 << 3;

    /** See {@link TagAssignment#isOfItsPlate}. */
    private static final int OF_ITS_PLATE = 1 << 4;

    @Override
    public void write(TagAssignment assignment, DataOutputView out) throws IOException {
        RfidRead tag = assignment.tag();
        String deviceId = tag.deviceId();
        String plateReadId = assignment.plateReadId();
        // The passageId is encoded relative to the plate read, because the passage is mostly named
        // by that read.
        String beside = plateReadId == null ? tag.readId() : plateReadId;
        int passage = PassageIdEncoding.kind(assignment.passageId(), deviceId, beside);
        boolean isOfItsPlate = assignment.isOfItsPlate();
        out.writeByte(
                passage
                        | (assignment.isClockSuspect() ? CLOCK_SUSPECT : 0)
                        | (plateReadId == null ? 0 : PLATE_READ)
                        | (isOfItsPlate ? OF_ITS_PLATE : 0));
        RfidReadSerializer.INSTANCE.write(tag, out);
        if (plateReadId != null) {
            Binary.writeString(plateReadId, out);
        }
        PassageIdEncoding.write(passage, assignment.passageId(), deviceId, out);
        Binary.writeDistance(assignment.arrivalTime(), tag.deviceTime(), out);
        Binary.writeDistance(assignment.causedAt(), assignment.arrivalTime(), out);
        if (!isOfItsPlate) {
            Binary.writeVarLong(assignment.plate(), out);
        }
        Binary.writeVarInt(assignment.assignmentSequence(), out);
        RecordPositionCode.write(assignment.position(), out);
    }

    @Override
    public TagAssignment read(DataInputView in) throws IOException {
        int flags = in.readByte();
        RfidRead tag = RfidReadSerializer.INSTANCE.read(in);
        String plateReadId = (flags & PLATE_READ) == 0 ? null : Binary.readString(in);
        String beside = plateReadId == null ? tag.readId() : plateReadId;
        String passageId = PassageIdEncoding.read(flags & PASSAGE_MASK, tag.deviceId(), beside, in);
        long arrival = Binary.readDistance(tag.deviceTime(), in);
        return new TagAssignment(
                passageId,
                arrival,
                Binary.readDistance(arrival, in),
                (flags & CLOCK_SUSPECT) != 0,
                tag,
                plateReadId,
                (flags & OF_ITS_PLATE) != 0
                        ? CanonicalPlate.pack(tag.registeredPlate())
                        : Binary.readVarLong(in),
                Binary.readVarInt(in),
                RecordPositionCode.read(in));
    }
}
