package io.atalaya.hotlistmatch.score;

import io.atalaya.flink.serializer.Binary;
import io.atalaya.flink.serializer.MatchModeCode;
import io.atalaya.flink.serializer.RecordSerializer;
import io.atalaya.flink.serializer.VehicleCode;

import org.apache.flink.core.memory.DataInputView;
import org.apache.flink.core.memory.DataOutputView;

import java.io.IOException;

/**
 * Serializer of {@link MatchTarget}, by hand because buckets hold one per entry and key. It omits
 * the written plate, because finding candidates does not need it.
 */
public final class MatchTargetSerializer implements RecordSerializer<MatchTarget> {
    public static final MatchTargetSerializer INSTANCE = new MatchTargetSerializer();

    @Override
    public void write(MatchTarget listed, DataOutputView out) throws IOException {
        Binary.writeString(listed.entryId(), out);
        out.writeLong(listed.plate());
        Binary.writeString(listed.pattern(), out);
        Binary.writeString(listed.tagId(), out);
        MatchModeCode.write(listed.match(), out);
        out.writeByte(listed.priority());
        Binary.writeString(listed.state(), out);
        Binary.writeOptional(listed.vehicle(), VehicleCode::write, out);
    }

    @Override
    public MatchTarget read(DataInputView in) throws IOException {
        return new MatchTarget(
                Binary.readString(in),
                in.readLong(),
                null,
                Binary.readString(in),
                Binary.readString(in),
                MatchModeCode.read(in),
                in.readByte(),
                Binary.readString(in),
                Binary.readOptional(VehicleCode::read, in));
    }
}
