package io.atalaya.hotlistmatch.crosscheck.convoy;

import io.atalaya.flink.serializer.Binary;
import io.atalaya.flink.serializer.BinaryFormat;
import io.atalaya.hotlistmatch.event.ListedPassageFormat;
import io.atalaya.hotlistmatch.event.ReadOrigin;

import org.apache.flink.core.memory.DataInputView;
import org.apache.flink.core.memory.DataOutputView;

import java.io.IOException;

/**
 * Binary form of {@link CompanyFact}s; its versions are those of {@link ListedPassageFormat} and
 * {@link CompanionFormat}.
 */
public final class CompanyFactFormat implements BinaryFormat<CompanyFact> {
    public static final CompanyFactFormat INSTANCE = new CompanyFactFormat();

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
            ListedPassageFormat.INSTANCE.write(near.listed(), out);
            Binary.writeVarInt(near.flow(), out);
            Binary.writeList(near.cars(), CompanionFormat.INSTANCE::write, out);
        } else if (fact instanceof CompanyFact.Joined joined) {
            out.writeByte(JOINED);
            Binary.writeString(joined.entryId(), out);
            Binary.writeString(joined.passageId(), out);
            CompanionFormat.INSTANCE.write(joined.car(), out);
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
                            ListedPassageFormat.INSTANCE.read(in),
                            Binary.readVarInt(in),
                            Binary.readList(CompanionFormat.INSTANCE::read, in));
            case JOINED ->
                    new CompanyFact.Joined(
                            Binary.readString(in),
                            Binary.readString(in),
                            CompanionFormat.INSTANCE.read(in),
                            ReadOrigin.read(in));
            default -> throw new IOException("company fact kind " + kind + " is unknown");
        };
    }
}
