package io.atalaya.camera;

import io.atalaya.serde.Binary;
import io.atalaya.serde.BinaryFormat;

import org.apache.flink.core.memory.DataInputView;
import org.apache.flink.core.memory.DataOutputView;

import java.io.IOException;
import java.util.List;

/**
 * Binary form of {@link CameraFrame} between operators: half of the JSON. Boxes keep a float's 24
 * bits, a ten-thousandth of a pixel.
 */
public final class CameraFrameFormat implements BinaryFormat<CameraFrame> {
    public static final CameraFrameFormat INSTANCE = new CameraFrameFormat();

    @Override
    public int version() {
        return 2;
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
        out.writeBoolean(frame.partial());
        Binary.writeList(frame.gone(), Binary::writeString, out);
    }

    private static void writeObject(DetectedObject object, DataOutputView out) throws IOException {
        Binary.writeString(object.trackId(), out);
        Binary.writeString(object.type(), out);
        out.writeFloat((float) object.confidence());
        out.writeFloat((float) object.x());
        out.writeFloat((float) object.y());
        out.writeFloat((float) object.width());
        out.writeFloat((float) object.height());
        out.writeBoolean(object.idle());
    }

    @Override
    public CameraFrame read(int version, DataInputView in) throws IOException {
        requireKnown(version);
        String deviceId = Binary.readString(in);
        long time = in.readLong();
        Long frameId = Binary.readLongOrNull(in);
        List<DetectedObject> objects = Binary.readList(i -> readObject(version, i), in);
        // Version 1 knew only frames that were whole.
        return version == 1
                ? new CameraFrame(deviceId, time, frameId, objects)
                : new CameraFrame(
                        deviceId,
                        time,
                        frameId,
                        objects,
                        in.readBoolean(),
                        Binary.readList(Binary::readString, in));
    }

    private static DetectedObject readObject(int version, DataInputView in) throws IOException {
        return new DetectedObject(
                Binary.readString(in),
                Binary.readString(in),
                in.readFloat(),
                in.readFloat(),
                in.readFloat(),
                in.readFloat(),
                in.readFloat(),
                version > 1 && in.readBoolean());
    }
}
