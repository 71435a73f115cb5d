package io.atalaya.bench.video;

/**
 * Intrusions during a steady feed: one camera in {@link #ENTERED}, once, each at its own time
 * between the warm-up and the end, so that every alert falls into the measured time.
 *
 * @param framesPerSecond rate of all cameras together, which take turns
 * @param seconds measured seconds, after {@link #WARM_SECONDS} unmeasured ones
 */
record Intrusions(int cameras, double framesPerSecond, int seconds) {
    static final int WARM_SECONDS = 10;

    private static final int ENTERED = 40;

    /** Minimum frames of a stay; at a low frame rate the alert comes before the last one. */
    private static final int MIN_FRAMES = 4;

    /** Seconds of a stay, enough for an alert at any frame rate. */
    private static final double STAY_SECONDS = 2;

    /** The fewest measured seconds in which every camera sends the frames of an intrusion. */
    static int minSeconds(int cameras, double framesPerSecond) {
        double turns =
                warmTurns(cameras, framesPerSecond) + stayFrames(cameras, framesPerSecond) + 1;
        return (int) Math.max(1, Math.ceil(turns * cameras / framesPerSecond) - WARM_SECONDS);
    }

    private static int stayFrames(int cameras, double framesPerSecond) {
        return Math.max(MIN_FRAMES, (int) Math.ceil(STAY_SECONDS * framesPerSecond / cameras));
    }

    private static int warmTurns(int cameras, double framesPerSecond) {
        return (int) Math.ceil(framesPerSecond * WARM_SECONDS / cameras);
    }

    /** Number of frames in the whole feed. */
    long frames() {
        return (long) (framesPerSecond * (WARM_SECONDS + seconds));
    }

    /** Whether a person is in the zone in that frame of a camera, counted from 0. */
    boolean isInside(int camera, int number) {
        int first = first(camera);
        return isEntered(camera) && number >= first && number < first + stayFrames();
    }

    /** Number of cameras with an intrusion. */
    int entered() {
        return (cameras + ENTERED - 1) / ENTERED;
    }

    private static boolean isEntered(int camera) {
        return camera % ENTERED == 0;
    }

    private int stayFrames() {
        return stayFrames(cameras, framesPerSecond);
    }

    private int first(int camera) {
        int warm = warmTurns(cameras, framesPerSecond);
        int last = (int) (frames() / cameras) - stayFrames() - 1;
        return warm + camera / ENTERED % (last - warm + 1);
    }
}
