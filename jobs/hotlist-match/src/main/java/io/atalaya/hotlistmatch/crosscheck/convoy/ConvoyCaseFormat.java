package io.atalaya.hotlistmatch.crosscheck.convoy;

import io.atalaya.flink.serializer.Binary;
import io.atalaya.flink.serializer.StateFormat;
import io.atalaya.hotlistmatch.crosscheck.AnomalyFormat;
import io.atalaya.hotlistmatch.event.ListedPassageFormat;

import org.apache.flink.core.memory.DataInputView;
import org.apache.flink.core.memory.DataOutputView;

import java.io.IOException;

/** Binary form of {@link ConvoyCase}. */
public final class ConvoyCaseFormat implements StateFormat<ConvoyCase> {
    static final ConvoyCaseFormat INSTANCE = new ConvoyCaseFormat();

    @Override
    public String id() {
        return "convoys";
    }

    @Override
    public Class<ConvoyCase> type() {
        return ConvoyCase.class;
    }

    @Override
    public void write(ConvoyCase convoys, DataOutputView out) throws IOException {
        Binary.writeList(convoys.arches(), ConvoyCaseFormat::writeArch, out);
        Binary.writeList(convoys.shown(), ConvoyCaseFormat::writeShown, out);
    }

    @Override
    public ConvoyCase read(DataInputView in) throws IOException {
        return new ConvoyCase(
                Binary.readList(ConvoyCaseFormat::readArch, in),
                Binary.readList(ConvoyCaseFormat::readShown, in));
    }

    private static void writeArch(Arch arch, DataOutputView out) throws IOException {
        ListedPassageFormat.INSTANCE.write(arch.listed(), out);
        Binary.writeVarInt(arch.flow(), out);
        Binary.writeList(arch.cars(), CompanionFormat.INSTANCE::write, out);
    }

    private static Arch readArch(DataInputView in) throws IOException {
        return new Arch(
                ListedPassageFormat.INSTANCE.read(in),
                Binary.readVarInt(in),
                Binary.readList(CompanionFormat.INSTANCE::read, in));
    }

    private static void writeShown(Shown shown, DataOutputView out) throws IOException {
        Anchor anchor = shown.anchor();
        out.writeLong(anchor.vehicle());
        out.writeLong(anchor.companion());
        Binary.writeString(anchor.passageId(), out);
        out.writeLong(anchor.time());
        out.writeLong(anchor.arrival());
        Binary.writeString(anchor.provenAt(), out);
        out.writeLong(anchor.proven());
        out.writeLong(shown.until());
        AnomalyFormat.INSTANCE.write(shown.last(), out);
    }

    private static Shown readShown(DataInputView in) throws IOException {
        return new Shown(
                new Anchor(
                        in.readLong(),
                        in.readLong(),
                        Binary.readString(in),
                        in.readLong(),
                        in.readLong(),
                        Binary.readString(in),
                        in.readLong()),
                in.readLong(),
                AnomalyFormat.INSTANCE.read(in));
    }
}
