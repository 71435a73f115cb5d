package io.atalaya.flink.serializer;

import org.apache.flink.core.memory.DataInputView;
import org.apache.flink.core.memory.DataOutputView;

import java.io.IOException;

/**
 * A short serialization of numbers that people and devices write with a few decimals, such as 0.93
 * or 84.5. It is lossless bit for bit: a number that is not a short decimal takes nine bytes.
 */
public final class Decimal {
    private static final double[] POWERS = {1, 10, 100, 1e3, 1e4, 1e5, 1e6};

    /**
     * Low bits of the var-int: the number of decimals, or a code for a plain double that follows.
     */
    private static final int DECIMALS_BITS = 3;

    private static final int DECIMALS_MASK = (1 << DECIMALS_BITS) - 1;
    private static final int PLAIN = POWERS.length;
    private static final int MAX_DIGITS = Integer.MAX_VALUE >> DECIMALS_BITS;

    private Decimal() {}

    public static void write(double value, DataOutputView out) throws IOException {
        for (int decimals = 0; decimals < POWERS.length; decimals++) {
            double scaled = value * POWERS[decimals];
            if (!(scaled >= 0 && scaled < MAX_DIGITS)) {
                break;
            }
            int digits = (int) (scaled + 0.5);
            if (isSame(digits / POWERS[decimals], value)) {
                Binary.writeVarInt(digits << DECIMALS_BITS | decimals, out);
                return;
            }
        }
        Binary.writeVarInt(PLAIN, out);
        out.writeDouble(value);
    }

    public static double read(DataInputView in) throws IOException {
        int written = Binary.readVarInt(in);
        int decimals = written & DECIMALS_MASK;
        return decimals == PLAIN ? in.readDouble() : (written >>> DECIMALS_BITS) / POWERS[decimals];
    }

    /** Whether two numbers have the same bits, which distinguishes zero from minus zero. */
    private static boolean isSame(double one, double other) {
        return Double.doubleToRawLongBits(one) == Double.doubleToRawLongBits(other);
    }
}
