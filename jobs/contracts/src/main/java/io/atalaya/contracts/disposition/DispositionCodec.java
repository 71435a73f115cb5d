package io.atalaya.contracts.disposition;

import io.atalaya.contracts.json.InvalidRecordException;
import io.atalaya.contracts.json.JsonIn;
import io.atalaya.contracts.json.JsonOut;

/** The codec of topic {@code dispositions}. */
public final class DispositionCodec {
    public static final int MAX_BYTES = 16 * 1024;

    private static final int MAX_ID = 128;
    private static final int MAX_TEXT = 1024;

    private DispositionCodec() {}

    /** Reads one message. */
    public static Disposition read(byte[] message) throws InvalidRecordException {
        String dispositionId = null;
        String alertId = null;
        String entryId = null;
        String source = null;
        String deviceId = null;
        Disposition.Outcome outcome = null;
        String operator = null;
        String purpose = null;
        Long time = null;
        try (JsonIn in = JsonIn.object(message, MAX_BYTES)) {
            while (in.nextField()) {
                switch (in.field()) {
                    case "dispositionId" -> dispositionId = in.string(MAX_ID);
                    case "alertId" -> alertId = in.string(MAX_ID);
                    case "entryId" -> entryId = in.string(MAX_ID);
                    case "source" -> source = in.string(MAX_ID);
                    case "deviceId" -> deviceId = in.string(MAX_ID);
                    case "outcome" -> outcome = in.oneOf(Disposition.Outcome.class);
                    // Required, because a person must answer for an outcome from which the system
                    // learns.
                    case "operator" -> operator = in.nonBlank(MAX_ID);
                    case "purpose" -> purpose = in.anyString(MAX_TEXT);
                    case "time" -> time = in.time();
                    default -> in.skip();
                }
            }
            in.required("dispositionId", dispositionId);
            in.required("alertId", alertId);
            in.required("outcome", outcome);
            in.required("operator", operator);
            in.required("time", time);
        }
        return new Disposition(
                dispositionId,
                alertId,
                entryId,
                source,
                deviceId,
                outcome,
                operator,
                purpose,
                time);
    }

    /** Writes one message. */
    public static byte[] write(Disposition disposition) {
        return JsonOut.object(
                out -> {
                    out.string("dispositionId", disposition.dispositionId());
                    out.string("alertId", disposition.alertId());
                    out.string("entryId", disposition.entryId());
                    out.string("source", disposition.source());
                    out.string("deviceId", disposition.deviceId());
                    out.name("outcome", disposition.outcome());
                    out.string("operator", disposition.operator());
                    out.string("purpose", disposition.purpose());
                    out.number("time", disposition.time());
                });
    }
}
