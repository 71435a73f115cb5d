package io.atalaya.contracts.model;

import io.atalaya.contracts.json.InvalidRecordException;
import io.atalaya.contracts.json.JsonIn;
import io.atalaya.contracts.json.JsonOut;

/** The codec of topic {@code model-answers}. */
public final class ModelAnswerCodec {
    public static final int MAX_BYTES = 16 * 1024;
    public static final int MAX_REASON = 1024;

    private static final int MAX_REQUEST = 256;
    private static final String GRANTED = "granted";
    private static final String REFUSED = "refused";

    private ModelAnswerCodec() {}

    /** Reads one message. */
    public static ModelAnswer read(byte[] message) throws InvalidRecordException {
        String model = null;
        String active = null;
        String shadow = null;
        Boolean granted = null;
        String reason = null;
        String request = null;
        Long at = null;
        try (JsonIn in = JsonIn.object(message, MAX_BYTES)) {
            while (in.nextField()) {
                switch (in.field()) {
                    case "model" -> model = ModelName.read(in);
                    case "active" -> active = ModelName.read(in);
                    case "shadow" -> shadow = ModelName.read(in);
                    case "answer" -> granted = isGranted(in);
                    case "reason" -> reason = in.nonBlank(MAX_REASON);
                    case "request" -> request = in.nonBlank(MAX_REQUEST);
                    case "at" -> at = in.time();
                    default -> in.skip();
                }
            }
            in.required("model", model);
            in.required("answer", granted);
            in.required("reason", reason);
            in.required("request", request);
            in.required("at", at);
        }
        return new ModelAnswer(model, active, shadow, granted, reason, request, at);
    }

    private static boolean isGranted(JsonIn in) throws InvalidRecordException {
        String answer = in.string(64);
        return switch (answer) {
            case GRANTED -> true;
            case REFUSED -> false;
            default -> throw in.invalid(answer, GRANTED + " or " + REFUSED);
        };
    }

    /** Writes one message. */
    public static byte[] write(ModelAnswer answer) {
        return JsonOut.object(
                out -> {
                    out.string("model", answer.model());
                    out.string("active", answer.active());
                    out.string("shadow", answer.shadow());
                    out.string("answer", answer.granted() ? GRANTED : REFUSED);
                    out.string("reason", answer.reason());
                    out.string("request", answer.request());
                    out.number("at", answer.at());
                });
    }
}
