package io.atalaya.contracts.camera;

import io.atalaya.contracts.device.DeviceKey;
import io.atalaya.contracts.json.InvalidRecordException;
import io.atalaya.contracts.json.JsonIn;
import io.atalaya.contracts.json.JsonOut;

import java.io.IOException;
import java.util.List;

/**
 * The codec of topic {@code camera-frames}. The frame's number and the confidences are optional: an
 * invalid one is left out, and the frame is accepted.
 */
public final class CameraFrameCodec {
    public static final int MAX_BYTES = 4 * 1024 * 1024;

    /** More objects in one frame are a fault of the source. */
    public static final int MAX_OBJECTS = 10_000;

    /** More removed ids in one frame are a fault of the source. */
    public static final int MAX_GONE = 1_000;

    /** Bounded because tracks are state, and their ids with them. */
    public static final int MAX_TRACK_ID = 64;

    public static final int MAX_TYPE = 64;

    /**
     * The confidence where the source states no valid one, because a box means that something was
     * detected.
     */
    public static final double CERTAIN = 1;

    /**
     * Wide, so that a source that sends pixels is diagnosed as a whole instead of rejected frame by
     * frame.
     */
    private static final double MAX_COORDINATE = 1e6;

    private static final String[] BOX = {"box[0]", "box[1]", "box[2]", "box[3]"};

    private CameraFrameCodec() {}

    /** Reads one message. */
    public static CameraFrame read(byte[] message) throws InvalidRecordException {
        String deviceId = null;
        Long time = null;
        Long frameId = null;
        List<DetectedObject> objects = List.of();
        boolean partial = false;
        List<String> gone = List.of();
        try (JsonIn in = JsonIn.object(message, MAX_BYTES)) {
            while (in.nextField()) {
                switch (in.field()) {
                    case "deviceId" -> deviceId = in.string(DeviceKey.MAX_ID);
                    case "time" -> time = in.time();
                    case "frameId" -> frameId = in.unlessWrong(CameraFrameCodec::number);
                    case "objects" ->
                            objects =
                                    in.list(
                                            MAX_OBJECTS,
                                            i -> i.object(CameraFrameCodec::readObject));
                    case "partial" -> partial = in.bool();
                    case "gone" -> gone = in.list(MAX_GONE, i -> i.string(MAX_TRACK_ID));
                    default -> in.skip();
                }
            }
            in.required("deviceId", deviceId);
            in.required("time", time);
        }
        return new CameraFrame(deviceId, time, frameId, objects, partial, gone);
    }

    private static DetectedObject readObject(JsonIn in) throws InvalidRecordException {
        String trackId = null;
        String type = null;
        double confidence = CERTAIN;
        double[] box = null;
        boolean idle = false;
        while (in.nextField()) {
            switch (in.field()) {
                case "trackId" -> trackId = in.string(MAX_TRACK_ID);
                case "type" -> type = in.string(MAX_TYPE);
                case "confidence" -> confidence = in.numberOr(0, 1, CERTAIN);
                case "box" -> box = in.numbers(BOX.length, -MAX_COORDINATE, MAX_COORDINATE);
                case "idle" -> idle = in.bool();
                default -> in.skip();
            }
        }
        in.required("trackId", trackId);
        in.required("type", type);
        in.required("box", box);
        for (int i = 2; i < BOX.length; i++) {
            if (box[i] < 0) {
                throw in.invalid(BOX[i], box[i], "a size that is not negative");
            }
        }
        return new DetectedObject(trackId, type, confidence, box[0], box[1], box[2], box[3], idle);
    }

    private static Long number(JsonIn in) throws InvalidRecordException {
        return (long) in.integer(0, Integer.MAX_VALUE);
    }

    /** Writes one message. */
    public static byte[] write(CameraFrame frame) {
        return JsonOut.object(
                out -> {
                    out.string("deviceId", frame.deviceId());
                    out.number("time", frame.deviceTime());
                    out.number("frameId", frame.frameId());
                    out.objects("objects", frame.objects(), CameraFrameCodec::writeObject);
                    if (frame.isPartial()) {
                        out.bool("partial", true);
                    }
                    out.strings("gone", frame.removedTrackIds());
                });
    }

    private static void writeObject(DetectedObject object, JsonOut out) throws IOException {
        out.string("trackId", object.trackId());
        out.string("type", object.type());
        out.number("confidence", object.confidence());
        out.numbers("box", object.x(), object.y(), object.width(), object.height());
        if (object.isIdle()) {
            out.bool("idle", true);
        }
    }
}
