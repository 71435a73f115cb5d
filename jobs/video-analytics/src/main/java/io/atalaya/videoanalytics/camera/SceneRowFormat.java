package io.atalaya.videoanalytics.camera;

import io.atalaya.serde.Binary;
import io.atalaya.serde.BinaryFormat;

import org.apache.flink.core.memory.DataInputView;
import org.apache.flink.core.memory.DataOutputView;

import java.io.IOException;

/** Binary form of {@link SceneRow}; the row's own form says its version itself. */
public final class SceneRowFormat implements BinaryFormat<SceneRow> {
    public static final SceneRowFormat INSTANCE = new SceneRowFormat();

    @Override
    public int version() {
        return 1;
    }

    @Override
    public Class<SceneRow> type() {
        return SceneRow.class;
    }

    @Override
    public void write(SceneRow row, DataOutputView out) throws IOException {
        Binary.writeVarInt(row.cells().length, out);
        out.write(row.cells());
    }

    @Override
    public SceneRow read(int version, DataInputView in) throws IOException {
        requireKnown(version);
        byte[] cells = new byte[Binary.readVarInt(in)];
        in.readFully(cells);
        return new SceneRow(cells);
    }
}
