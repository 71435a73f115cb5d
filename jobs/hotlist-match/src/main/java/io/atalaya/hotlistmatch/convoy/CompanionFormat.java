package io.atalaya.hotlistmatch.convoy;

import io.atalaya.serde.Binary;
import io.atalaya.serde.BinaryFormat;

import org.apache.flink.core.memory.DataInputView;
import org.apache.flink.core.memory.DataOutputView;

import java.io.IOException;
import java.util.List;

/** Binary form of {@link Companion}. Version 1 had no tags. */
public final class CompanionFormat implements BinaryFormat<Companion> {
    static final CompanionFormat INSTANCE = new CompanionFormat();

    private static final int TAG_OF_VERSION_2 = 1;

    @Override
    public int version() {
        return 2;
    }

    @Override
    public Class<Companion> type() {
        return Companion.class;
    }

    @Override
    public void write(Companion car, DataOutputView out) throws IOException {
        Binary.writeString(car.readId(), out);
        Binary.writeString(car.plate(), out);
        out.writeLong(car.time());
        out.writeLong(car.arrival());
        out.writeLong(car.goneAt());
        Binary.writeList(car.tags(), TagStayFormat.INSTANCE::write, out);
    }

    @Override
    public Companion read(int version, DataInputView in) throws IOException {
        requireKnown(version);
        return new Companion(
                Binary.readString(in),
                Binary.readString(in),
                in.readLong(),
                in.readLong(),
                in.readLong(),
                version == 1
                        ? List.of()
                        : Binary.readList(
                                i -> TagStayFormat.INSTANCE.read(TAG_OF_VERSION_2, i), in));
    }
}
