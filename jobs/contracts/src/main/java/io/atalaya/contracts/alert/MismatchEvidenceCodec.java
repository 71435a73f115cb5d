package io.atalaya.contracts.alert;

import io.atalaya.contracts.json.InvalidRecordException;
import io.atalaya.contracts.json.JsonIn;
import io.atalaya.contracts.json.JsonOut;

import java.io.IOException;
import java.util.List;

/** The codec of the evidence of a plate that its tag was not issued for. */
final class MismatchEvidenceCodec {
    private static final int MAX_TEXT = AlertCodec.MAX_TEXT;
    private static final int MAX_LIST = AlertCodec.MAX_LIST;

    private MismatchEvidenceCodec() {}

    /** Writes the fields that only this kind of evidence has. */
    static void write(MismatchEvidence evidence, JsonOut out) throws IOException {
        out.object("read", evidence.read(), HotlistEvidenceCodec::writeRead);
        out.object("tag", evidence.tag(), EvidenceCodec::writeTag);
    }

    static MismatchEvidence read(JsonIn in) throws InvalidRecordException {
        List<String> reads = List.of();
        List<String> images = List.of();
        HotlistEvidence.Read read = null;
        HotlistEvidence.Tag tag = null;
        List<ScoreContribution> parts = List.of();
        while (in.nextField()) {
            switch (in.field()) {
                case "reads" -> reads = in.list(MAX_LIST, i -> i.string(MAX_TEXT));
                case "images" -> images = in.list(MAX_LIST, i -> i.string(MAX_TEXT));
                case "read" -> read = in.object(HotlistEvidenceCodec::plateRead);
                case "tag" -> tag = in.object(EvidenceCodec::tag);
                case "parts" -> parts = in.list(MAX_LIST, i -> i.object(EvidenceCodec::part));
                default -> in.skip();
            }
        }
        return new MismatchEvidence(reads, images, read, tag, parts);
    }
}
