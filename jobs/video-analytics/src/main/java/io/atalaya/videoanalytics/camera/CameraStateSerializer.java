package io.atalaya.videoanalytics.camera;

import io.atalaya.flink.serializer.Binary;
import io.atalaya.flink.serializer.RecordSerializer;

import org.apache.flink.core.memory.DataInputView;
import org.apache.flink.core.memory.DataOutputView;

import java.io.IOException;

/** Serializer of a {@link CameraState}, by hand because its analyzer is encoded only here. */
final class CameraStateSerializer implements RecordSerializer<CameraState> {
    @Override
    public void write(CameraState state, DataOutputView out) throws IOException {
        out.writeLong(state.timerAt());
        out.writeLong(state.silenceEmittedAt());
        Binary.writeOptional(state.analyzerState(), Binary::writeBytes, out);
    }

    @Override
    public CameraState read(DataInputView in) throws IOException {
        return new CameraState(
                in.readLong(), in.readLong(), Binary.readOptional(Binary::readBytes, in));
    }
}
