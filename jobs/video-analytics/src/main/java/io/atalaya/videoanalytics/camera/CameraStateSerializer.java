package io.atalaya.videoanalytics.camera;

import io.atalaya.flink.serializer.Binary;
import io.atalaya.flink.serializer.StateSerializer;

import org.apache.flink.api.common.state.ValueStateDescriptor;
import org.apache.flink.core.memory.DataInputView;
import org.apache.flink.core.memory.DataOutputView;

import java.io.IOException;

/** Serializer of {@link CameraState}. */
public final class CameraStateSerializer implements StateSerializer<CameraState> {
    public static final CameraStateSerializer INSTANCE = new CameraStateSerializer();

    /** Keyed state of the cameras in {@link CameraOperator}. */
    public static ValueStateDescriptor<CameraState> descriptor() {
        return new ValueStateDescriptor<>("camera", INSTANCE.typeInfo());
    }

    @Override
    public String id() {
        return "camera-state";
    }

    @Override
    public Class<CameraState> type() {
        return CameraState.class;
    }

    @Override
    public void write(CameraState state, DataOutputView out) throws IOException {
        out.writeLong(state.timer());
        out.writeLong(state.silenceEmittedAt());
        Binary.writeVarInt(state.watch().length, out);
        out.write(state.watch());
    }

    @Override
    public CameraState read(DataInputView in) throws IOException {
        long timer = in.readLong();
        long silenceEmittedAt = in.readLong();
        byte[] watch = new byte[Binary.readVarInt(in)];
        in.readFully(watch);
        return new CameraState(timer, silenceEmittedAt, watch);
    }
}
