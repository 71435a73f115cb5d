package io.atalaya.videoanalytics.camera;

import org.apache.flink.core.memory.DataInputDeserializer;
import org.apache.flink.core.memory.DataOutputSerializer;

import java.io.IOException;

/** The complete state of an analyzer, as written. */
record AnalyzerBytes(byte[] watch) {
    static final int BOUND = 64 * 1024;

    static AnalyzerBytes of(CameraAnalyzer watch) throws IOException {
        DataOutputSerializer bytes = new DataOutputSerializer(1024);
        watch.writeWithin(BOUND, bytes);
        return new AnalyzerBytes(bytes.getCopyOfBuffer());
    }

    CameraAnalyzer read(CameraAnalyzerSettings settings) throws IOException {
        return CameraAnalyzer.read(
                settings, CameraAnalyzer.detectors(settings), new DataInputDeserializer(watch));
    }

    int size() {
        return watch.length;
    }
}
