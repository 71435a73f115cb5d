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
        Binary.writeList(convoys.neighbourhoods(), ConvoyCaseSerializer::writeArch, out);
        Binary.writeList(convoys.emittedConvoys(), ConvoyCaseSerializer::writeEmitted, out);
    }

    @Override
    public ConvoyCase read(DataInputView in) throws IOException {
        return new ConvoyCase(
                Binary.readList(ConvoyCaseSerializer::readArch, in),
                Binary.readList(ConvoyCaseSerializer::readEmitted, in));
    }

    private static void writeArch(PassageNeighbourhood neighbourhood, DataOutputView out)
            throws IOException {
        ListedPassageSerializer.INSTANCE.write(neighbourhood.listed(), out);
        Binary.writeVarInt(neighbourhood.flow(), out);
        Binary.writeList(neighbourhood.vehicleReads(), NearbyReadSerializer.INSTANCE::write, out);
    }

    private static PassageNeighbourhood readArch(DataInputView in) throws IOException {
        return new PassageNeighbourhood(
                ListedPassageSerializer.INSTANCE.read(in),
                Binary.readVarInt(in),
                Binary.readList(NearbyReadSerializer.INSTANCE::read, in));
    }

    private static void writeEmitted(EmittedConvoy emitted, DataOutputView out) throws IOException {
        ConvoyKey key = emitted.key();
        out.writeLong(key.vehicle());
        out.writeLong(key.companion());
        Binary.writeString(key.passageId(), out);
        out.writeLong(key.time());
        out.writeLong(key.arrival());
        Binary.writeString(key.provenAt(), out);
        out.writeLong(key.proven());
        out.writeLong(emitted.until());
        CrossCheckFindingSerializer.INSTANCE.write(emitted.last(), out);
    }

    private static EmittedConvoy readEmitted(DataInputView in) throws IOException {
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
