package io.atalaya.hotlistmatch.event;

import io.atalaya.flink.serializer.Binary;
import io.atalaya.hotlistmatch.score.ConfidenceRank;

import org.apache.flink.core.memory.DataInputView;
import org.apache.flink.core.memory.DataOutputView;

import java.io.IOException;

/**
 * Serializer of {@link ConfidenceRank}. The rank is a share of its reads in which equal ones count
 * half, so it is written as a number of halves; any other rank is written as a float.
 */
public final class ConfidenceRankEncoding {
    /** Halves are written plus one; this value means that the rank itself follows. */
    private static final int PLAIN = 0;

    private ConfidenceRankEncoding() {}

    static void write(ConfidenceRank confidenceRank, DataOutputView out) throws IOException {
        Binary.writeVarInt(confidenceRank.reads(), out);
        int halves = Math.round(confidenceRank.rank() * 2 * confidenceRank.reads());
        if (halves >= 0 && isSame(rank(halves, confidenceRank.reads()), confidenceRank.rank())) {
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
