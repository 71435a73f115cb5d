package io.atalaya.contracts.camera.adapter.deepstream;

import io.atalaya.contracts.camera.CameraFrame;
import io.atalaya.contracts.camera.CameraFrameCodec;
import io.atalaya.contracts.camera.adapter.BoxUnits;
import io.atalaya.contracts.camera.adapter.FrameDraft;
import io.atalaya.contracts.camera.adapter.FrameDraft.Box;
import io.atalaya.contracts.device.DeviceKey;
import io.atalaya.contracts.json.InvalidRecordException;
import io.atalaya.contracts.json.JsonIn;
import io.atalaya.contracts.json.NumberText;

import java.util.List;
import java.util.Map;

/**
 * One message, whose fields show its schema: {@code object} is the full one, {@code objects} of
 * texts the minimal one, {@code objects} of objects Metropolis.
 */
final class DeepStreamMessage {
    private static final int MAX_TEXT = 256;

    /** The fields of an object that show its type in the full schema. */
    private static final Map<String, String> KINDS =
            Map.of(
                    "vehicle", "Vehicle",
                    "person", "Person",
                    "face", "Face",
                    "bag", "Bag",
                    "bicycle", "Bicycle",
                    "roadsign", "RoadSign");

    private final String keyedDevice;
    private final BoxUnits units;
    private String sensor;
    private Long deviceTime;
    private Long frameId;
    private MessageObject only;
    private List<MessageObject> all;
    private boolean isConcluded;

    /**
     * @param keyedDevice the record's key, or null
     */
    DeepStreamMessage(String keyedDevice, BoxUnits units) {
        this.keyedDevice = keyedDevice;
        this.units = units;
    }

    /** The frame, or an empty list for an event derived from frames. */
    List<CameraFrame> frames(JsonIn in) throws InvalidRecordException {
        while (in.nextField()) {
            readField(in);
        }
        if (only == null && all == null && isConcluded) {
            return List.of();
        }
        if (only == null && all == null) {
            throw in.invalid(
                    "objects", null, "the objects of a frame, or object in the full schema");
        }
        String device = keyedDevice != null ? keyedDevice : sensor;
        FrameDraft draft =
                new FrameDraft(
                        in.required(only != null ? "sensor.id" : "sensorId", device),
                        in.required("@timestamp", deviceTime),
                        frameId);
        for (MessageObject object : only != null ? List.of(only) : all) {
            if (object.box() != null) {
                draft.add(
                        object.field(),
                        object.id(),
                        object.type(),
                        object.confidence(),
                        object.box(),
                        false);
            }
        }
        return List.of(only != null ? draft.part() : draft.whole());
    }

    private void readField(JsonIn in) throws InvalidRecordException {
        switch (in.field()) {
            case "@timestamp", "timestamp" -> deviceTime = in.time();
            case "sensorId" -> sensor = sensorId(in);
            case "sensor" -> sensor = in.object(DeepStreamMessage::id);
            case "id" -> frameId = in.unlessWrong(i -> number(i.scalar(MAX_TEXT)));
            case "object" -> only = in.object(this::object);
            case "objects" ->
                    all =
                            in.list(
                                    CameraFrameCodec.MAX_OBJECTS,
                                    i ->
                                            i.shape() == JsonIn.Shape.OBJECT
                                                    ? i.object(this::object)
                                                    : MinimalLine.read(i, units));
            case "tripwireEvents", "alerts" -> {
                isConcluded = true;
                in.skip();
            }
            default -> in.skip();
        }
    }

    /** The frame number, or null, because some senders put a name there. */
    private static Long number(String text) {
        double value = NumberText.orNaN(text);
        return value >= 0 && value <= Integer.MAX_VALUE && value == Math.rint(value)
                ? (Long) (long) value
                : null;
    }

    private static String id(JsonIn in) throws InvalidRecordException {
        String id = null;
        while (in.nextField()) {
            if (in.field().equals("id")) {
                id = sensorId(in);
            } else {
                in.skip();
            }
        }
        return id;
    }

    /** The id, which some gateways turn into a number; null if it is empty. */
    private static String sensorId(JsonIn in) throws InvalidRecordException {
        String id = in.scalar(DeviceKey.MAX_ID);
        return id.isEmpty() ? null : id;
    }

    /**
     * Reads an object: the full schema shows its type by a field's name, Metropolis by a type
     * field.
     */
    private MessageObject object(JsonIn in) throws InvalidRecordException {
        String id = null;
        String type = null;
        double confidence = CameraFrameCodec.CERTAIN;
        Box box = null;
        while (in.nextField()) {
            String kind = KINDS.get(in.field());
            if (kind != null && in.shape() == JsonIn.Shape.OBJECT) {
                type = kind;
                confidence = in.object(DeepStreamMessage::confidenceOfKind);
                continue;
            }
            switch (in.field()) {
                case "id" -> id = in.scalar(MAX_TEXT);
                case "type" -> type = in.unlessWrong(i -> i.anyString(MAX_TEXT));
                case "confidence" -> confidence = confidence(in);
                case "bbox" -> box = in.object(i -> PixelBox.read(i, units));
                default -> in.skip();
            }
        }
        return new MessageObject(in.at("id"), id, type, confidence, box);
    }

    private static double confidenceOfKind(JsonIn in) throws InvalidRecordException {
        double confidence = CameraFrameCodec.CERTAIN;
        while (in.nextField()) {
            if (in.field().equals("confidence")) {
                confidence = confidence(in);
            } else {
                in.skip();
            }
        }
        return confidence;
    }

    private static double confidence(JsonIn in) throws InvalidRecordException {
        String stated = in.unlessWrong(i -> i.scalar(MAX_TEXT));
        return stated == null ? CameraFrameCodec.CERTAIN : confidence(NumberText.orNaN(stated));
    }

    /** The confidence; zero and less mean unknown in all schemas. */
    static double confidence(double stated) {
        return stated > 0 && stated <= 1 ? stated : CameraFrameCodec.CERTAIN;
    }
}
