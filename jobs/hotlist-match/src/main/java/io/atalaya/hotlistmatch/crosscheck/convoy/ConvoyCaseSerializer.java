package io.atalaya.hotlistmatch.crosscheck.convoy;

import io.atalaya.flink.serializer.Binary;
import io.atalaya.flink.serializer.StateSerializer;
import io.atalaya.hotlistmatch.crosscheck.CrossCheckFindingSerializer;
import io.atalaya.hotlistmatch.crosscheck.convoy.ConvoyCase.ConvoyKey;
import io.atalaya.hotlistmatch.crosscheck.convoy.ConvoyCase.EmittedConvoy;
import io.atalaya.hotlistmatch.event.ListedPassageSerializer;

import org.apache.flink.core.memory.DataInputView;
import org.apache.flink.core.memory.DataOutputView;

import java.io.IOException;

/** Serializer of {@link ConvoyCase}. */
public final class ConvoyCaseSerializer implements StateSerializer<ConvoyCase> {
    static final ConvoyCaseSerializer INSTANCE = new ConvoyCaseSerializer();

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
        Binary.writeList(convoys.arches(), ConvoyCaseSerializer::writeArch, out);
        Binary.writeList(convoys.shown(), ConvoyCaseSerializer::writeShown, out);
    }

    @Override
    public ConvoyCase read(DataInputView in) throws IOException {
        return new ConvoyCase(
                Binary.readList(ConvoyCaseSerializer::readArch, in),
                Binary.readList(ConvoyCaseSerializer::readShown, in));
    }

    private static void writeArch(PassageNeighbourhood arch, DataOutputView out)
            throws IOException {
        ListedPassageSerializer.INSTANCE.write(arch.listed(), out);
        Binary.writeVarInt(arch.flow(), out);
        Binary.writeList(arch.cars(), NearbyReadSerializer.INSTANCE::write, out);
    }

    private static PassageNeighbourhood readArch(DataInputView in) throws IOException {
        return new PassageNeighbourhood(
                ListedPassageSerializer.INSTANCE.read(in),
                Binary.readVarInt(in),
                Binary.readList(NearbyReadSerializer.INSTANCE::read, in));
    }

    private static void writeShown(EmittedConvoy shown, DataOutputView out) throws IOException {
        ConvoyKey anchor = shown.anchor();
        out.writeLong(anchor.vehicle());
        out.writeLong(anchor.companion());
        Binary.writeString(anchor.passageId(), out);
        out.writeLong(anchor.time());
        out.writeLong(anchor.arrival());
        Binary.writeString(anchor.provenAt(), out);
        out.writeLong(anchor.proven());
        out.writeLong(shown.until());
        CrossCheckFindingSerializer.INSTANCE.write(shown.last(), out);
    }

    private static EmittedConvoy readShown(DataInputView in) throws IOException {
        return new EmittedConvoy(
                new ConvoyKey(
                        in.readLong(),
                        in.readLong(),
                        Binary.readString(in),
                        in.readLong(),
                        in.readLong(),
                        Binary.readString(in),
                        in.readLong()),
                in.readLong(),
                CrossCheckFindingSerializer.INSTANCE.read(in));
    }
}
