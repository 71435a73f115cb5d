package io.atalaya.hotlistmatch.clones;

import io.atalaya.hotlistmatch.passage.CarTagFormat;
import io.atalaya.serde.Binary;
import io.atalaya.serde.BinaryFormat;

import org.apache.flink.core.memory.DataInputView;
import org.apache.flink.core.memory.DataOutputView;

import java.io.IOException;
import java.util.List;

/** Binary form of {@link OpenClones}. Version 1 had no digests, version 2 no tags. */
public final class OpenClonesFormat implements BinaryFormat<OpenClones> {
    public static final OpenClonesFormat INSTANCE = new OpenClonesFormat();

    private static final int TAG_OF_VERSION_3 = 1;

    @Override
    public int version() {
        return 3;
    }

    @Override
    public Class<OpenClones> type() {
        return OpenClones.class;
    }

    @Override
    public void write(OpenClones clones, DataOutputView out) throws IOException {
        Binary.writeList(clones.all(), OpenClonesFormat::write, out);
    }

    @Override
    public OpenClones read(int version, DataInputView in) throws IOException {
        requireKnown(version);
        return new OpenClones(Binary.readList(i -> open(version, i), in));
    }

    private static void write(OpenClones.Open open, DataOutputView out) throws IOException {
        out.writeLong(open.anchor().plate());
        Binary.writeString(open.anchor().first(), out);
        Binary.writeString(open.anchor().second(), out);
        out.writeLong(open.anchor().time());
        out.writeLong(open.anchor().arrival());
        out.writeInt(open.revision());
        out.writeBoolean(open.takenBack());
        out.writeLong(open.at());
        out.writeInt(open.digest());
        Binary.writeList(open.tags(), CarTagFormat.INSTANCE::write, out);
    }

    private static OpenClones.Open open(int version, DataInputView in) throws IOException {
        return new OpenClones.Open(
                new Anchor(
                        in.readLong(),
                        Binary.readString(in),
                        Binary.readString(in),
                        in.readLong(),
                        in.readLong()),
                in.readInt(),
                in.readBoolean(),
                in.readLong(),
                version == 1 ? 0 : in.readInt(),
                version < 3
                        ? List.of()
                        : Binary.readList(
                                i -> CarTagFormat.INSTANCE.read(TAG_OF_VERSION_3, i), in));
    }
}
