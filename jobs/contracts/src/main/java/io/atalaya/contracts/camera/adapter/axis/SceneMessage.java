package io.atalaya.contracts.camera.adapter.axis;

import io.atalaya.contracts.camera.CameraFrame;
import io.atalaya.contracts.camera.CameraFrameCodec;
import io.atalaya.contracts.camera.adapter.FrameDraft;
import io.atalaya.contracts.camera.adapter.FrameDraft.Box;
import io.atalaya.contracts.device.DeviceKey;
import io.atalaya.contracts.json.InvalidRecordException;
import io.atalaya.contracts.json.JsonIn;

import java.util.ArrayList;
import java.util.List;

/**
 * One message. The same object can be at three places: at the top, in {@code frame} of the beta,
 * and in {@code payload}, where a recorder wraps what it received from the broker.
 */
final class SceneMessage {
    private static final int MAX_TEXT = 256;
    private static final int MAX_OPERATIONS = 1_000;

    /** Tolerance beyond the edges, because boxes may reach a little outside the image. */
    private static final double BEYOND = 0.5;

    private record Observation(
            String field, String id, String type, double confidence, Box box, boolean isRemoved) {}

    private final String keyedDevice;
    private final List<Observation> objects = new ArrayList<>();
    private String timestamp;
    private boolean isFrame;
    private boolean isEvent;

    /**
     * @param keyedDevice the record's key, or null
     */
    SceneMessage(String keyedDevice) {
        this.keyedDevice = keyedDevice;
    }

    List<CameraFrame> frames(JsonIn in) throws InvalidRecordException {
        fields(in);
        if (!isFrame) {
            if (isEvent) {
                return List.of();
            }
            throw in.invalid(
                    "frame",
                    null,
                    "a scene description: frame, or channel_id with the detections of one");
        }
        FrameDraft draft =
                new FrameDraft(
                        DeviceKey.require(keyedDevice),
                        in.time("timestamp", in.required("timestamp", timestamp)),
                        null);
        for (Observation object : objects) {
            if (object.isRemoved()) {
                draft.removeTrack(object.field(), object.id());
            } else {
                draft.add(
                        object.field(),
                        object.id(),
                        object.type(),
                        object.confidence(),
                        object.box(),
                        false);
            }
        }
        return List.of(draft.whole());
    }

    /**
     * An inner frame's time has precedence over the wrapper's, which may be the recorder's local
     * time.
     */
    private void fields(JsonIn in) throws InvalidRecordException {
        String own = null;
        while (in.nextField()) {
            switch (in.field()) {
                case "payload", "frame" -> {
                    isFrame |= in.field().equals("frame");
                    in.object(this::inner);
                }
                case "timestamp" -> own = in.scalar(MAX_TEXT);
                case "channel_id" -> {
                    isFrame = true;
                    in.skip();
                }
                case "detections", "observations" -> {
                    isFrame = true;
                    objects.addAll(
                            in.list(
                                    CameraFrameCodec.MAX_OBJECTS,
                                    i -> i.object(SceneMessage::detection)));
                }
                case "operations" ->
                        objects.addAll(
                                in
                                        .list(
                                                MAX_OPERATIONS,
                                                i -> i.object(SceneMessage::operation))
                                        .stream()
                                        .filter(Observation::isRemoved)
                                        .toList());
                case "message" -> {
                    isEvent = true;
                    in.skip();
                }
                default -> in.skip();
            }
        }
        timestamp = timestamp == null ? own : timestamp;
    }

    private Boolean inner(JsonIn in) throws InvalidRecordException {
        fields(in);
        return Boolean.TRUE;
    }

    private static Observation detection(JsonIn in) throws InvalidRecordException {
        String id = null;
        String idField = "track_id";
        Observation described = null;
        Box box = null;
        while (in.nextField()) {
            switch (in.field()) {
                case "object_track_id", "track_id" -> {
                    idField = in.field();
                    id = in.scalar(MAX_TEXT);
                }
                case "bounding_box" -> box = in.object(SceneMessage::box);
                case "class" -> {
                    if (in.shape() == JsonIn.Shape.OBJECT) {
                        described = in.object(SceneMessage::described);
                    } else {
                        in.skip();
                    }
                }
                default -> in.skip();
            }
        }
        return new Observation(
                in.at(idField),
                id,
                described == null ? null : described.type(),
                described == null ? CameraFrameCodec.CERTAIN : described.confidence(),
                in.required("bounding_box", box),
                false);
    }

    private static Observation described(JsonIn in) throws InvalidRecordException {
        String type = null;
        Double score = null;
        while (in.nextField()) {
            switch (in.field()) {
                case "type" -> type = in.unlessWrong(i -> i.anyString(MAX_TEXT));
                case "score" -> score = in.unlessWrong(SceneMessage::fraction);
                default -> in.skip();
            }
        }
        return new Observation(
                null, null, type, score == null ? CameraFrameCodec.CERTAIN : score, null, false);
    }

    private static Double fraction(JsonIn in) throws InvalidRecordException {
        return in.quotableNumber(0, 1);
    }

    private static Observation operation(JsonIn in) throws InvalidRecordException {
        String id = null;
        String type = null;
        while (in.nextField()) {
            switch (in.field()) {
                case "id" -> id = in.scalar(MAX_TEXT);
                case "type" -> type = in.anyString(MAX_TEXT);
                default -> in.skip();
            }
        }
        return new Observation(in.at("id"), id, type, 0, null, "DeleteOperation".equals(type));
    }

    private static Box box(JsonIn in) throws InvalidRecordException {
        Double left = null;
        Double top = null;
        Double right = null;
        Double bottom = null;
        while (in.nextField()) {
            switch (in.field()) {
                case "left" -> left = in.quotableNumber(-BEYOND, 1 + BEYOND);
                case "top" -> top = in.quotableNumber(-BEYOND, 1 + BEYOND);
                case "right" -> right = in.quotableNumber(-BEYOND, 1 + BEYOND);
                case "bottom" -> bottom = in.quotableNumber(-BEYOND, 1 + BEYOND);
                default -> in.skip();
            }
        }
        in.required("left", left);
        in.required("top", top);
        if (in.required("right", right) < left) {
            throw in.invalid("right", right, "not less than left, " + left);
        }
        if (in.required("bottom", bottom) < top) {
            throw in.invalid("bottom", bottom, "not less than top, " + top);
        }
        return new Box(left, top, right, bottom);
    }
}
