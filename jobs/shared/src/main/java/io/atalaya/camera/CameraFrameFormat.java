package io.atalaya.camera;

import io.atalaya.serde.Binary;
import io.atalaya.serde.BinaryFormat;

import org.apache.flink.core.memory.DataInputView;
import org.apache.flink.core.memory.DataOutputView;

import java.io.IOException;

/**
 * Binary form of {@link CameraFrame} between operators: half of the JSON. Boxes keep a float's 24
 * bits, a ten-thousandth of a pixel.
 */
public final class CameraFrameFormat implements BinaryFormat<CameraFrame> {
    public static final CameraFrameFormat INSTANCE = new CameraFrameFormat();

    @Override
    public int version() {
        return 1;
    }

    @Override
    public Class<CameraFrame> type() {
        return CameraFrame.class;
    }

    @Override
    public void write(CameraFrame frame, DataOutputView out) throws IOException {
        Binary.writeString(frame.deviceId(), out);
        out.writeLong(frame.time());
        Binary.writeLongOrNull(frame.frameId(), out);
        Binary.writeList(frame.objects(), CameraFrameFormat::writeObject, out);
    }

    private static void writeObject(DetectedObject object, DataOutputView out) throws IOException {
        Binary.writeString(object.trackId(), out);
        Binary.writeString(object.type(), out);
        out.writeFloat((float) object.confidence());
        out.writeFloat((float) object.x());
        out.writeFloat((float) object.y());
        out.writeFloat((float) object.width());
        out.writeFloat((float) object.height());
    }

    @Override
    public CameraFrame read(int version, DataInputView in) throws IOException {
        requireKnown(version);
        return new CameraFrame(
                Binary.readString(in),
                in.readLong(),
                Binary.readLongOrNull(in),
                Binary.readList(CameraFrameFormat::readObject, in));
    }

    private static DetectedObject readObject(DataInputView in) throws IOException {
        return new DetectedObject(
                Binary.readString(in),
                Binary.readString(in),
                in.readFloat(),
                in.readFloat(),
                in.readFloat(),
                in.readFloat(),
                in.readFloat());
    }
}
