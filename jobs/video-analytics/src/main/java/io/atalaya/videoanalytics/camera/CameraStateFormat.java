package io.atalaya.videoanalytics.camera;

import io.atalaya.serde.Binary;
import io.atalaya.serde.BinaryFormat;

import org.apache.flink.api.common.state.ValueStateDescriptor;
import org.apache.flink.core.memory.DataInputView;
import org.apache.flink.core.memory.DataOutputView;

import java.io.IOException;

/** Binary form of {@link CameraState}; the watch's own form says its version itself. */
public final class CameraStateFormat implements BinaryFormat<CameraState> {
    public static final CameraStateFormat INSTANCE = new CameraStateFormat();

    /** Where cameras lie in the keyed state of their step. */
    public static ValueStateDescriptor<CameraState> descriptor() {
        return new ValueStateDescriptor<>("camera", INSTANCE.typeInfo());
    }

    @Override
    public int version() {
        return 2;
    }

    @Override
    public Class<CameraState> type() {
        return CameraState.class;
    }

    @Override
    public void write(CameraState state, DataOutputView out) throws IOException {
        out.writeLong(state.timer());
        out.writeLong(state.toldQuietSince());
        Binary.writeVarInt(state.watch().length, out);
        out.write(state.watch());
    }

    @Override
    public CameraState read(int version, DataInputView in) throws IOException {
        requireKnown(version);
        long timer = in.readLong();
        // Version 1 did not keep it.
        long toldQuietSince = version < 2 ? Camera.NOT_TOLD : in.readLong();
        byte[] watch = new byte[Binary.readVarInt(in)];
        in.readFully(watch);
        return new CameraState(timer, toldQuietSince, watch);
    }
}
