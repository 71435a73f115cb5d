package io.atalaya.hotlistmatch.seeded;

/** Breaks a rule: time from beside Flink. */
public final class WallClockReader {
    long now() {
        return System.currentTimeMillis();
    }
}
