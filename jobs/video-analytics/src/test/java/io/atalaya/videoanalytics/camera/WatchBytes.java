package io.atalaya.videoanalytics.camera;

import io.atalaya.videoanalytics.scene.SceneGrid;

import org.apache.flink.core.memory.DataOutputSerializer;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;

/** The whole state of a watch, as its parts are written. */
record WatchBytes(byte[] watch, byte[][] rows) {
    static final int BOUND = 64 * 1024;

    static WatchBytes of(CameraWatch watch) throws IOException {
        DataOutputSerializer bytes = new DataOutputSerializer(1024);
        watch.writeWithin(BOUND, bytes);
        byte[][] rows = new byte[SceneGrid.ROWS][];
        for (int row = 0; row < SceneGrid.ROWS; row++) {
            ByteArrayOutputStream cells = new ByteArrayOutputStream();
            watch.grid().writeRow(row, new DataOutputStream(cells));
            rows[row] = cells.toByteArray();
        }
        return new WatchBytes(bytes.getCopyOfBuffer(), rows);
    }

    CameraWatch read(WatchSettings settings) throws IOException {
        SceneGrid grid = new SceneGrid();
        for (int row = 0; row < SceneGrid.ROWS; row++) {
            grid.readRow(row, in(rows[row]));
        }
        return CameraWatch.read(settings, CameraWatch.detectors(settings), grid, in(watch));
    }

    private static DataInputStream in(byte[] bytes) {
        return new DataInputStream(new ByteArrayInputStream(bytes));
    }

    int size() {
        int size = watch.length;
        for (byte[] row : rows) {
            size += row.length;
        }
        return size;
    }
}
