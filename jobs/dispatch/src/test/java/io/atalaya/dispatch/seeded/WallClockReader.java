package io.atalaya.dispatch.seeded;

/** Breaks the rule that time is passed in, to prove that the rule detects it. */
public final class WallClockReader {
    private WallClockReader() {}

    public static long now() {
        return System.currentTimeMillis();
    }
}
