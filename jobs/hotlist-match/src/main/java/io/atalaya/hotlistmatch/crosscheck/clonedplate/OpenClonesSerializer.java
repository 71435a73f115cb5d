package io.atalaya.hotlistmatch.crosscheck.clonedplate;

import io.atalaya.flink.serializer.Binary;
import io.atalaya.flink.serializer.StateSerializer;
import io.atalaya.hotlistmatch.crosscheck.clonedplate.OpenClones.CloneKey;
import io.atalaya.hotlistmatch.event.VehicleTagSerializer;

import org.apache.flink.core.memory.DataInputView;
import org.apache.flink.core.memory.DataOutputView;

import java.io.IOException;

/** Serializer of {@link OpenClones}. */
public final class OpenClonesSerializer implements StateSerializer<OpenClones> {
    public static final OpenClonesSerializer INSTANCE = new OpenClonesSerializer();

    @Override
    public String id() {
        return "open-clones";
    }

    @Override
    public Class<OpenClones> type() {
        return OpenClones.class;
    }

    @Override
    public void write(OpenClones clones, DataOutputView out) throws IOException {
        Binary.writeList(clones.all(), OpenClonesSerializer::write, out);
    }

    @Override
    public OpenClones read(DataInputView in) throws IOException {
        return new OpenClones(Binary.readList(OpenClonesSerializer::open, in));
    }

    private static void write(OpenClones.Open open, DataOutputView out) throws IOException {
        out.writeLong(open.anchor().plate());
        Binary.writeString(open.anchor().first(), out);
        Binary.writeString(open.anchor().second(), out);
        out.writeLong(open.anchor().time());
        out.writeLong(open.anchor().arrival());
        out.writeLong(open.revision());
        out.writeInt(open.changeCount());
        out.writeBoolean(open.cancelled());
        out.writeLong(open.at());
        out.writeInt(open.digest());
        Binary.writeList(open.tags(), VehicleTagSerializer.INSTANCE::write, out);
    }

    private static OpenClones.Open open(DataInputView in) throws IOException {
        return new OpenClones.Open(
                new CloneKey(
                        in.readLong(),
                        Binary.readString(in),
                        Binary.readString(in),
                        in.readLong(),
                        in.readLong()),
                in.readLong(),
                in.readInt(),
                in.readBoolean(),
                in.readLong(),
                in.readInt(),
                Binary.readList(VehicleTagSerializer.INSTANCE::read, in));
    }
}
