package io.atalaya.hotlistmatch.sightings;

import io.atalaya.hotlistmatch.passage.PlateEventFormat;
import io.atalaya.serde.Binary;
import io.atalaya.serde.BinaryFormat;

import org.apache.flink.core.memory.DataInputView;
import org.apache.flink.core.memory.DataOutputView;

import java.io.IOException;

/**
 * Binary form of {@link Row}. Versions 1 to 3, those of {@link PlateEventFormat}, wrote the plate
 * in full; version 4 holds version 5 of it.
 */
public final class RowFormat implements BinaryFormat<Row> {
    static final RowFormat INSTANCE = new RowFormat();

    @Override
    public int version() {
        return 4;
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
    public Row read(int version, DataInputView in) throws IOException {
        requireKnown(version);
        return new Row(
                version < 4 ? in.readLong() : Binary.readVarLong(in),
                PlateEventFormat.readCurrent(in));
    }
}
