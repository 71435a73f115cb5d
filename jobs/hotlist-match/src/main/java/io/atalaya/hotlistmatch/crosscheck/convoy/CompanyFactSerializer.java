package io.atalaya.hotlistmatch.crosscheck.convoy;

import io.atalaya.flink.serializer.Binary;
import io.atalaya.flink.serializer.RecordSerializer;
import io.atalaya.hotlistmatch.event.ListedPassageSerializer;
import io.atalaya.hotlistmatch.event.ReadOrigin;

import org.apache.flink.core.memory.DataInputView;
import org.apache.flink.core.memory.DataOutputView;

import java.io.IOException;

/**
 * Binary form of {@link CompanyFact}s; its versions are those of {@link ListedPassageSerializer}
 * and {@link CompanionSerializer}.
 */
public final class CompanyFactSerializer implements RecordSerializer<CompanyFact> {
    public static final CompanyFactSerializer INSTANCE = new CompanyFactSerializer();

    private static final int NEAR = 1;
    private static final int JOINED = 2;

    @Override
    public Class<CompanyFact> type() {
        return CompanyFact.class;
    }

    @Override
    public void write(CompanyFact fact, DataOutputView out) throws IOException {
        if (fact instanceof CompanyFact.Near near) {
            out.writeByte(NEAR);
            ListedPassageSerializer.INSTANCE.write(near.listed(), out);
            Binary.writeVarInt(near.flow(), out);
            Binary.writeList(near.cars(), CompanionSerializer.INSTANCE::write, out);
        } else if (fact instanceof CompanyFact.Joined joined) {
            out.writeByte(JOINED);
            Binary.writeString(joined.entryId(), out);
            Binary.writeString(joined.passageId(), out);
            CompanionSerializer.INSTANCE.write(joined.car(), out);
            joined.listed().write(out);
        } else {
            throw new IllegalArgumentException("no form for " + fact.getClass());
        }
    }

    @Override
    public CompanyFact read(DataInputView in) throws IOException {
        int kind = in.readByte();
        return switch (kind) {
            case NEAR ->
                    new CompanyFact.Near(
                            ListedPassageSerializer.INSTANCE.read(in),
                            Binary.readVarInt(in),
                            Binary.readList(CompanionSerializer.INSTANCE::read, in));
            case JOINED ->
                    new CompanyFact.Joined(
                            Binary.readString(in),
                            Binary.readString(in),
                            CompanionSerializer.INSTANCE.read(in),
                            ReadOrigin.read(in));
            default -> throw new IOException("company fact kind " + kind + " is unknown");
        };
    }
}
