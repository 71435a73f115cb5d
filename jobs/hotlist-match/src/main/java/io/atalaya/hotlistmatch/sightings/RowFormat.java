package io.atalaya.hotlistmatch.sightings;

import io.atalaya.hotlistmatch.passage.PlateEventFormat;
import io.atalaya.serde.BinaryFormat;

import org.apache.flink.core.memory.DataInputView;
import org.apache.flink.core.memory.DataOutputView;

import java.io.IOException;

/** Binary form of {@link Row}. Versions are those of {@link PlateEventFormat}. */
public final class RowFormat implements BinaryFormat<Row> {
    static final RowFormat INSTANCE = new RowFormat();

    @Override
    public int version() {
        return 3;
    }

    @Override
    public Class<Row> type() {
        return Row.class;
    }

    @Override
    public void write(Row row, DataOutputView out) throws IOException {
        out.writeLong(row.plate());
        row.written().writePlain(out);
    }

    @Override
    public Row read(int version, DataInputView in) throws IOException {
        requireKnown(version);
        return new Row(in.readLong(), PlateEventFormat.readCurrent(in));
    }
}
