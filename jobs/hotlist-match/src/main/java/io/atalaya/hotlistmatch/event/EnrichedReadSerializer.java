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
    private static final int OPINION = 1 << 3;

    @Override
    public void write(EnrichedRead enrichedRead, DataOutputView out) throws IOException {
        PlateRead read = enrichedRead.read();
        int passage =
                PassageIdEncoding.kind(enrichedRead.passageId(), read.deviceId(), read.readId());
        out.writeByte(
                passage
                        | (enrichedRead.clockSuspect() ? CLOCK_SUSPECT : 0)
                        | (enrichedRead.ocrResult() == null ? 0 : OPINION));
        PlateReadSerializer.INSTANCE.write(read, out);
        PassageIdEncoding.write(passage, enrichedRead.passageId(), read.deviceId(), out);
        Binary.writeDistance(enrichedRead.arrivalTime(), read.time(), out);
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
        long arrival = Binary.readDistance(read.time(), in);
        ConfidenceRank confidenceRank = ConfidenceRankEncoding.read(in);
        RecordPosition position = RecordPositionCode.read(in);
        return new EnrichedRead(
                passageId,
                arrival,
                (flags & CLOCK_SUSPECT) != 0,
                confidenceRank,
                read,
                (flags & OPINION) == 0 ? null : OcrResultEncoding.read(in),
                position);
    }
}
