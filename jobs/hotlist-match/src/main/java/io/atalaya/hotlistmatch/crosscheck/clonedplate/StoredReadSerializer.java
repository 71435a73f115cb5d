package io.atalaya.hotlistmatch.crosscheck.clonedplate;

import io.atalaya.flink.serializer.Binary;
import io.atalaya.flink.serializer.RecordSerializer;
import io.atalaya.hotlistmatch.event.SerializedEvent;

import org.apache.flink.core.memory.DataInputView;
import org.apache.flink.core.memory.DataOutputView;

import java.io.IOException;

/**
 * Serializer of {@link StoredRead}, by hand because every read is stored under each of its texts.
 */
public final class StoredReadSerializer implements RecordSerializer<StoredRead> {
    @Override
    public void write(StoredRead row, DataOutputView out) throws IOException {
        Binary.writeVarLong(row.plate(), out);
        row.written().writePlain(out);
    }

    @Override
    public StoredRead read(DataInputView in) throws IOException {
        return new StoredRead(Binary.readVarLong(in), SerializedEvent.readPlain(in));
    }
}
