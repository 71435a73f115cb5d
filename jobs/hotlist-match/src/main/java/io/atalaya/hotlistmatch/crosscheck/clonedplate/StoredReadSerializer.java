package io.atalaya.hotlistmatch.crosscheck.clonedplate;

import io.atalaya.flink.serializer.Binary;
import io.atalaya.flink.serializer.StateSerializer;
import io.atalaya.hotlistmatch.event.PassageEventSerializer;

import org.apache.flink.core.memory.DataInputView;
import org.apache.flink.core.memory.DataOutputView;

import java.io.IOException;

/** Serializer of {@link StoredRead}. */
public final class StoredReadSerializer implements StateSerializer<StoredRead> {
    public static final StoredReadSerializer INSTANCE = new StoredReadSerializer();

    @Override
    public String id() {
        return "stored-read";
    }

    @Override
    public Class<StoredRead> type() {
        return StoredRead.class;
    }

    @Override
    public void write(StoredRead row, DataOutputView out) throws IOException {
        Binary.writeVarLong(row.plate(), out);
        row.written().writePlain(out);
    }

    @Override
    public StoredRead read(DataInputView in) throws IOException {
        return new StoredRead(Binary.readVarLong(in), PassageEventSerializer.INSTANCE.read(in));
    }
}
