package io.atalaya.hotlistmatch.seeded;

/** Violates a rule: time that does not come from Flink. */
public final class WallClockReader {
    long now() {
        return System.currentTimeMillis();
    }
}
