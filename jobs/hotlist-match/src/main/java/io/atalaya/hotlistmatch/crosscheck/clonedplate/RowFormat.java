package io.atalaya.hotlistmatch.crosscheck.clonedplate;

import io.atalaya.flink.serializer.Binary;
import io.atalaya.flink.serializer.StateFormat;
import io.atalaya.hotlistmatch.event.PlateEventFormat;

import org.apache.flink.core.memory.DataInputView;
import org.apache.flink.core.memory.DataOutputView;

import java.io.IOException;

/** Binary form of {@link Row}. */
public final class RowFormat implements StateFormat<Row> {
    public static final RowFormat INSTANCE = new RowFormat();

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
        return new Row(Binary.readVarLong(in), PlateEventFormat.INSTANCE.read(in));
    }
}
