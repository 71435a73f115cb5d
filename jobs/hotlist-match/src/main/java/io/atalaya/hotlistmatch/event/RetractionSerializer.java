package io.atalaya.hotlistmatch.event;

import io.atalaya.flink.serializer.Binary;
import io.atalaya.flink.serializer.RecordPositionCode;
import io.atalaya.flink.serializer.RecordSerializer;

import org.apache.flink.core.memory.DataInputView;
import org.apache.flink.core.memory.DataOutputView;

import java.io.IOException;

/**
 * Serializer of {@link Retraction}, by hand because each revision of a read causes one. It is
 * compact where the retracted read is the first of its passage.
 */
final class RetractionSerializer implements RecordSerializer<Retraction> {
    private static final int PASSAGE_MASK = 0x3;
    private static final int REVISED = 1 << 2;

    @Override
    public void write(Retraction retraction, DataOutputView out) throws IOException {
        String deviceId = retraction.deviceId();
        String readId = retraction.readKey().substring(deviceId.length() + 1);
        int passage = PassageIdEncoding.kind(retraction.passageId(), deviceId, readId);
        out.writeByte(passage | (retraction.isRevised() ? REVISED : 0));
        Binary.writeString(deviceId, out);
        Binary.writeString(readId, out);
        PassageIdEncoding.write(passage, retraction.passageId(), deviceId, out);
        Binary.writeVarLong(retraction.causedAt(), out);
        Binary.writeVarInt(retraction.assignmentSequence(), out);
        RecordPositionCode.write(retraction.position(), out);
    }

    @Override
    public Retraction read(DataInputView in) throws IOException {
        int flags = in.readByte();
        String deviceId = Binary.readString(in);
        String readId = Binary.readString(in);
        return new Retraction(
                deviceId,
                PassageIdEncoding.read(flags & PASSAGE_MASK, deviceId, readId, in),
                PassageEvent.key(deviceId, readId),
                Binary.readVarLong(in),
                (flags & REVISED) != 0,
                Binary.readVarInt(in),
                RecordPositionCode.read(in));
    }
}
