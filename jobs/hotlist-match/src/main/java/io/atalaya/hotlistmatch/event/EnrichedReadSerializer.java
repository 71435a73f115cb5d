package io.atalaya.hotlistmatch.event;

import io.atalaya.contracts.plate.PlateRead;
import io.atalaya.contracts.topic.RecordPosition;
import io.atalaya.flink.serializer.Binary;
import io.atalaya.flink.serializer.PlateReadSerializer;
import io.atalaya.flink.serializer.RecordPositionCode;
import io.atalaya.flink.serializer.RecordSerializer;
import io.atalaya.hotlistmatch.score.ConfidenceRank;

import org.apache.flink.core.memory.DataInputView;
import org.apache.flink.core.memory.DataOutputView;

import java.io.IOException;

/**
 * Serializer of {@link EnrichedRead}, by hand because it is the largest part of state. It omits
 * what follows from the read, and an absent value takes no byte.
 */
final class EnrichedReadSerializer implements RecordSerializer<EnrichedRead> {
    private static final int PASSAGE_MASK = 0x3;
    private static final int CLOCK_SUSPECT = 1 << 2;
    private static final int OCR_RESULT = 1 << 3;

    @Override
    public void write(EnrichedRead enrichedRead, DataOutputView out) throws IOException {
        PlateRead read = enrichedRead.read();
        int passage =
                PassageIdEncoding.kind(enrichedRead.passageId(), read.deviceId(), read.readId());
        out.writeByte(
                passage
                        | (enrichedRead.isClockSuspect() ? CLOCK_SUSPECT : 0)
                        | (enrichedRead.ocrResult() == null ? 0 : OCR_RESULT));
        PlateReadSerializer.INSTANCE.write(read, out);
        PassageIdEncoding.write(passage, enrichedRead.passageId(), read.deviceId(), out);
        Binary.writeDistance(enrichedRead.arrivalTime(), read.deviceTime(), out);
        ConfidenceRankEncoding.write(enrichedRead.confidenceRank(), out);
        RecordPositionCode.write(enrichedRead.position(), out);
        if (enrichedRead.ocrResult() != null) {
            OcrResultEncoding.write(enrichedRead.ocrResult(), out);
        }
    }

    @Override
    public EnrichedRead read(DataInputView in) throws IOException {
        int flags = in.readByte();
        PlateRead read = PlateReadSerializer.INSTANCE.read(in);
        String passageId =
                PassageIdEncoding.read(flags & PASSAGE_MASK, read.deviceId(), read.readId(), in);
        long arrival = Binary.readDistance(read.deviceTime(), in);
        ConfidenceRank confidenceRank = ConfidenceRankEncoding.read(in);
        RecordPosition position = RecordPositionCode.read(in);
        return new EnrichedRead(
                passageId,
                arrival,
                (flags & CLOCK_SUSPECT) != 0,
                confidenceRank,
                read,
                (flags & OCR_RESULT) == 0 ? null : OcrResultEncoding.read(in),
                position);
    }

    /** Serializer of an {@link OcrResult} inside its event. */
    private static final class OcrResultEncoding {
        private OcrResultEncoding() {}

        static void write(OcrResult ocrResult, DataOutputView out) throws IOException {
            out.writeLong(ocrResult.plate());
            out.writeByte(ocrResult.outcome().code());
            out.writeFloat(ocrResult.margin());
            out.writeFloat(ocrResult.logOdds());
            Binary.writeString(ocrResult.text(), out);
        }

        static OcrResult read(DataInputView in) throws IOException {
            return new OcrResult(
                    in.readLong(),
                    OcrResult.Outcome.of(in.readByte()),
                    in.readFloat(),
                    in.readFloat(),
                    Binary.readString(in));
        }
    }

    /**
     * Serializer of {@link ConfidenceRank}. The rank is a share of its reads in which equal ones
     * count half, so it is written as a number of halves; any other rank is written as a float.
     */
    private static final class ConfidenceRankEncoding {
        /** Halves are written plus one; this value means that the rank itself follows. */
        private static final int PLAIN = 0;

        private ConfidenceRankEncoding() {}

        static void write(ConfidenceRank confidenceRank, DataOutputView out) throws IOException {
            Binary.writeVarInt(confidenceRank.reads(), out);
            int halves = Math.round(confidenceRank.rank() * 2 * confidenceRank.reads());
            if (halves >= 0
                    && isSame(rank(halves, confidenceRank.reads()), confidenceRank.rank())) {
                Binary.writeVarInt(halves + 1, out);
            } else {
                Binary.writeVarInt(PLAIN, out);
                out.writeFloat(confidenceRank.rank());
            }
        }

        static ConfidenceRank read(DataInputView in) throws IOException {
            int reads = Binary.readVarInt(in);
            int halves = Binary.readVarInt(in) - 1;
            return new ConfidenceRank(halves < 0 ? in.readFloat() : rank(halves, reads), reads);
        }

        /** Same computation as in the confidence histogram of the device. */
        private static float rank(int halves, int reads) {
            return reads == 0 ? ConfidenceRank.UNKNOWN.rank() : (float) (halves / 2.0 / reads);
        }

        private static boolean isSame(float one, float other) {
            return Float.floatToRawIntBits(one) == Float.floatToRawIntBits(other);
        }
    }
}
