package io.atalaya.hotlistmatch.score;

import io.atalaya.flink.serializer.Binary;
import io.atalaya.flink.serializer.MatchModeCode;
import io.atalaya.flink.serializer.RecordSerializer;
import io.atalaya.flink.serializer.VehicleSerializer;

import org.apache.flink.core.memory.DataInputView;
import org.apache.flink.core.memory.DataOutputView;

import java.io.IOException;

/**
 * Binary form of {@link Listed}, but for how the plate is written: what finds candidates has no use
 * for it.
 */
public final class ListedSerializer implements RecordSerializer<Listed> {
    public static final ListedSerializer INSTANCE = new ListedSerializer();

    @Override
    public Class<Listed> type() {
        return Listed.class;
    }

    @Override
    public void write(Listed listed, DataOutputView out) throws IOException {
        Binary.writeString(listed.entryId(), out);
        out.writeLong(listed.plate());
        Binary.writeString(listed.pattern(), out);
        Binary.writeString(listed.tagId(), out);
        MatchModeCode.write(listed.match(), out);
        out.writeByte(listed.priority());
        Binary.writeString(listed.state(), out);
        Binary.writeOptional(listed.vehicle(), VehicleSerializer.INSTANCE::write, out);
    }

    @Override
    public Listed read(DataInputView in) throws IOException {
        return new Listed(
                Binary.readString(in),
                in.readLong(),
                null,
                Binary.readString(in),
                Binary.readString(in),
                MatchModeCode.read(in),
                in.readByte(),
                Binary.readString(in),
                Binary.readOptional(VehicleSerializer.INSTANCE::read, in));
    }
}
