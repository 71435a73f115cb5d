package io.atalaya.camera;

import io.atalaya.serde.Binary;
import io.atalaya.serde.BinaryFormat;

import org.apache.flink.core.memory.DataInputView;
import org.apache.flink.core.memory.DataOutputView;

import java.io.IOException;
import java.util.Arrays;
import java.util.List;

/**
 * Binary form of {@link CameraFrame} between operators: less than half of the JSON. Boxes keep a
 * float's 24 bits, a ten-thousandth of a pixel; a type is written once a frame.
 */
public final class CameraFrameFormat implements BinaryFormat<CameraFrame> {
    public static final CameraFrameFormat INSTANCE = new CameraFrameFormat();

    @Override
    public int version() {
        return 3;
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
        List<DetectedObject> objects = frame.objects();
        Binary.writeVarInt(objects.size(), out);
        Types types = new Types();
        for (int i = 0; i < objects.size(); i++) {
            writeObject(objects.get(i), types, out);
        }
        out.writeBoolean(frame.partial());
        Binary.writeList(frame.gone(), Binary::writeString, out);
    }

    private static void writeObject(DetectedObject object, Types types, DataOutputView out)
            throws IOException {
        Binary.writeString(object.trackId(), out);
        types.write(object.type(), out);
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
        DetectedObject[] objects = new DetectedObject[Binary.readVarInt(in)];
        Types types = new Types();
        for (int i = 0; i < objects.length; i++) {
            objects[i] = readObject(version, types, in);
        }
        // Version 1 knew only frames that were whole.
        return version == 1
                ? new CameraFrame(deviceId, time, frameId, List.of(objects))
                : new CameraFrame(
                        deviceId,
                        time,
                        frameId,
                        List.of(objects),
                        in.readBoolean(),
                        Binary.readList(Binary::readString, in));
    }

    private static DetectedObject readObject(int version, Types types, DataInputView in)
            throws IOException {
        return new DetectedObject(
                Binary.readString(in),
                // Before version 3 each object had its own.
                version < 3 ? Binary.readString(in) : types.read(in),
                in.readFloat(),
                in.readFloat(),
                in.readFloat(),
                in.readFloat(),
                in.readFloat(),
                version > 1 && in.readBoolean());
    }

    /**
     * The types of a frame's objects, of which there are few: the first ones are named by their
     * number from their second time on. A source with a type for each object gains nothing by it
     * and costs no more.
     */
    private static final class Types {
        private static final int MOST = 8;
        private static final int NEW = MOST;

        private String[] known = new String[MOST / 2];
        private int size;

        void write(String type, DataOutputView out) throws IOException {
            int i = 0;
            while (i < size && !known[i].equals(type)) {
                i++;
            }
            if (i < size) {
                out.writeByte(i);
            } else {
                out.writeByte(NEW);
                Binary.writeString(type, out);
                know(type);
            }
        }

        String read(DataInputView in) throws IOException {
            int i = in.readByte();
            if (i == NEW) {
                String type = Binary.readString(in);
                know(type);
                return type;
            }
            if (i < 0 || i >= size) {
                throw new IOException("type of an object: got number " + i + " of " + size);
            }
            return known[i];
        }

        private void know(String type) {
            if (size == MOST) {
                return;
            }
            if (size == known.length) {
                known = Arrays.copyOf(known, MOST);
            }
            known[size++] = type;
        }
    }
}
