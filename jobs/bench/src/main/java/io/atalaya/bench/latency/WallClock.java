package io.atalaya.bench.latency;

/** Epoch time in microseconds that is not affected by adjustments of the system clock. */
final class WallClock {
    private static final long NANOS_PER_MICRO = 1_000;
    private static final long MICROS_PER_MILLI = 1_000;

    private final long epochMicros = System.currentTimeMillis() * MICROS_PER_MILLI;
    private final long nanos = System.nanoTime();

    long micros() {
        return epochMicros + (System.nanoTime() - nanos) / NANOS_PER_MICRO;
    }

    long millis() {
        return micros() / MICROS_PER_MILLI;
    }
}
