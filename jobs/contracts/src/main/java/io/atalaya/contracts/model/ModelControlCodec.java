package io.atalaya.contracts.model;

import io.atalaya.contracts.json.InvalidRecordException;
import io.atalaya.contracts.json.JsonIn;
import io.atalaya.contracts.json.JsonOut;

/** The codec of topic {@code model-control}. */
public final class ModelControlCodec {
    public static final int MAX_BYTES = 16 * 1024;

    private static final int MAX_PERSON = 128;
    private static final int MAX_TEXT = 1024;

    private ModelControlCodec() {}

    /** Reads one message. */
    public static ModelControl read(byte[] message) throws InvalidRecordException {
        String model = null;
        String active = null;
        String shadow = null;
        String requestedBy = null;
        String purpose = null;
        Long time = null;
        try (JsonIn in = JsonIn.object(message, MAX_BYTES)) {
            while (in.nextField()) {
                switch (in.field()) {
                    case "model" -> model = ModelName.read(in);
                    case "active" -> active = ModelName.read(in);
                    case "shadow" -> shadow = ModelName.read(in);
                    // Required, because a person must answer for a model whose alerts direct
                    // dispatch.
                    case "requestedBy" -> requestedBy = in.nonBlank(MAX_PERSON);
                    case "purpose" -> purpose = in.anyString(MAX_TEXT);
                    case "time" -> time = in.time();
                    default -> in.skip();
                }
            }
            in.required("model", model);
            in.required("requestedBy", requestedBy);
            in.required("time", time);
        }
        if (shadow != null && shadow.equals(active)) {
            throw new InvalidRecordException("shadow", shadow, "another version than the active");
        }
        return new ModelControl(model, active, shadow, requestedBy, purpose, time);
    }

    /** Writes one message. */
    public static byte[] write(ModelControl control) {
        return JsonOut.object(
                out -> {
                    out.string("model", control.model());
                    out.string("active", control.active());
                    out.string("shadow", control.shadow());
                    out.string("requestedBy", control.requestedBy());
                    out.string("purpose", control.purpose());
                    out.number("time", control.time());
                });
    }
}
