package io.atalaya.contracts.alert;

import io.atalaya.contracts.json.InvalidRecordException;
import io.atalaya.contracts.json.JsonIn;
import io.atalaya.contracts.json.JsonOut;

import java.io.IOException;

/** The codec of the evidence of a fault in the analysis itself. */
final class FaultEvidenceCodec {
    private static final int MAX_TEXT = AlertCodec.MAX_TEXT;

    private FaultEvidenceCodec() {}

    /** Writes the fields that only this kind of evidence has. */
    static void write(FaultEvidence evidence, JsonOut out) throws IOException {
        out.string("operator", evidence.operator());
        out.string("exception", evidence.exception());
        out.string("thrownAt", evidence.thrownAt());
        out.number("failures", evidence.failures());
        out.string("record", evidence.record());
        out.number("pausedUntil", evidence.pausedUntil());
    }

    static FaultEvidence read(JsonIn in) throws InvalidRecordException {
        String operator = null;
        String exception = null;
        String thrownAt = null;
        Integer failures = null;
        String record = null;
        Long pausedUntil = null;
        while (in.nextField()) {
            switch (in.field()) {
                case "operator" -> operator = in.string(MAX_TEXT);
                case "exception" -> exception = in.string(MAX_TEXT);
                case "thrownAt" -> thrownAt = in.string(MAX_TEXT);
                case "failures" -> failures = in.integer(1, Integer.MAX_VALUE);
                case "record" -> record = in.string(MAX_TEXT);
                case "pausedUntil" -> pausedUntil = in.time();
                default -> in.skip();
            }
        }
        return new FaultEvidence(
                in.required("operator", operator),
                in.required("exception", exception),
                in.required("thrownAt", thrownAt),
                in.required("failures", failures),
                record,
                pausedUntil);
    }
}
