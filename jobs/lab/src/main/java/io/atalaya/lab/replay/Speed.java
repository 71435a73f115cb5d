package io.atalaya.lab.replay;

import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/**
 * Speed of a replay.
 *
 * @param factor recorded time per real time: 1 as recorded, 60 an hour per minute, infinite for
 *     full speed
 */
record Speed(double factor) {
    static final Speed MAX = new Speed(Double.POSITIVE_INFINITY);

    Speed {
        if (!(factor > 0)) {
            throw new IllegalArgumentException("a speed of " + factor + ", expected above 0");
        }
    }

    /** When a record is due, in ns after the first one. */
    long dueNanos(long firstTimestamp, long timestamp) {
        return (long) (Math.max(0, timestamp - firstTimestamp) * 1e6 / factor);
    }

    @Override
    public String toString() {
        return Double.isInfinite(factor) ? "max" : factor + " x";
    }

    /** Parses {@code max} or a factor from the command line. */
    static final class Converter implements ITypeConverter<Speed> {
        @Override
        public Speed convert(String text) {
            if (text.equals("max")) {
                return MAX;
            }
            try {
                double factor = Double.parseDouble(text);
                if (factor > 0 && Double.isFinite(factor)) {
                    return new Speed(factor);
                }
            } catch (NumberFormatException e) {
                // Reported below, together with numbers out of range.
            }
            throw new TypeConversionException(
                    "'" + text + "', expected max or a factor above 0 (1 is as recorded)");
        }
    }
}
