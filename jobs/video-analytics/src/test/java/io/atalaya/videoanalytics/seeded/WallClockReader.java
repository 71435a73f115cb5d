package io.atalaya.videoanalytics.seeded;

/** Breaks the rule that time comes from outside, so that the rule can be seen to notice. */
public final class WallClockReader {
    private WallClockReader() {}

    public static long now() {
        return System.currentTimeMillis();
    }
}
