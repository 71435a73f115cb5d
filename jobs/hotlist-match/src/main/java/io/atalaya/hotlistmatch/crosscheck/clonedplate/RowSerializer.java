package io.atalaya.hotlistmatch.crosscheck.clonedplate;

import io.atalaya.flink.serializer.Binary;
import io.atalaya.flink.serializer.StateSerializer;
import io.atalaya.hotlistmatch.event.PassageEventSerializer;

import org.apache.flink.core.memory.DataInputView;
import org.apache.flink.core.memory.DataOutputView;

import java.io.IOException;

/** Binary form of {@link Row}. */
public final class RowSerializer implements StateSerializer<Row> {
    public static final RowSerializer INSTANCE = new RowSerializer();

    @Override
    public String id() {
        return "stored-read";
    }

    @Override
    public Class<Row> type() {
        return Row.class;
    }

    @Override
    public void write(Row row, DataOutputView out) throws IOException {
        Binary.writeVarLong(row.plate(), out);
        row.written().writePlain(out);
    }

    @Override
    public Row read(DataInputView in) throws IOException {
        return new Row(Binary.readVarLong(in), PassageEventSerializer.INSTANCE.read(in));
    }
}
