package io.atalaya.contracts.dispatch;

import io.atalaya.contracts.json.Field;
import io.atalaya.contracts.json.InvalidRecordException;
import io.atalaya.contracts.json.RecordCodec;

import com.fasterxml.jackson.databind.DeserializationFeature;

/** The codec of topic {@code calls}. */
public final class CallCodec {
    private static final int MAX_BYTES = 64 * 1024;

    private static final RecordCodec<Head> HEAD = new RecordCodec<>(Head.class, MAX_BYTES);
    private static final RecordCodec<Call.Emergency> EMERGENCY =
            new RecordCodec<>(Call.Emergency.class, MAX_BYTES);

    /** Rejects every unknown field, because a list of forbidden ones would be incomplete. */
    private static final RecordCodec<Call.AnonymousReport> ANONYMOUS =
            new RecordCodec<>(
                    Call.AnonymousReport.class,
                    MAX_BYTES,
                    DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES);

    private CallCodec() {}

    /** Reads one message. */
    public static Call read(byte[] message) throws InvalidRecordException {
        return switch (HEAD.read(message).line) {
            case EMERGENCY -> EMERGENCY.read(message);
            case ANONYMOUS -> ANONYMOUS.read(message);
        };
    }

    /** Writes one message. */
    public static byte[] write(Call call) {
        return call instanceof Call.AnonymousReport report
                ? ANONYMOUS.write(report)
                : EMERGENCY.write((Call.Emergency) call);
    }

    private record Head(Call.Line line) {
        private Head {
            Field.required("line", line);
        }
    }
}
