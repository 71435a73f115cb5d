package io.atalaya.simulator.condition;

/**
 * What a condition adds to the errors that a recording already has.
 *
 * @param missed share of the objects missed; {@link #IN_BURST} in bursts
 * @param burstEverySeconds mean time between bursts of misses of a camera; 0 for none
 * @param tremble standard deviation of a box's position and size, as a share of its own
 * @param swapEverySeconds mean time between swaps of the ids of two neighbours of one type, per
 *     camera; 0 for none
 * @param ghostsPerMinute boxes without an object, in one frame each, per camera
 * @param flipped share of the objects with a wrong type
 * @param loseEverySeconds mean time until the tracker loses an object for 1 to 4 s; 0 for never
 * @param sway standard deviation of the whole view's offset, as a share of the frame
 * @param exact share of the plates read as before; the others are misread
 * @param appearance share of the vehicles whose make and color stay as reported
 * @param tagsRead share of the tags that are still read
 * @param tagErrorMillis maximum additional error of a tag's time
 */
record Quality(
        double missed,
        double burstEverySeconds,
        double tremble,
        double swapEverySeconds,
        double ghostsPerMinute,
        double flipped,
        double loseEverySeconds,
        double sway,
        double exact,
        double appearance,
        double tagsRead,
        double tagErrorMillis) {
    /** Share of the objects missed in a burst, which lasts 2 to 6 s. */
    static final double IN_BURST = 0.4;

    /** Share of the lost objects that get a new id. */
    static final double RENAMED = 0.7;

    static final Quality UNCHANGED = new Quality(0, 0, 0, 0, 0, 0, 0, 0, 1, 1, 1, 0);

    /** The worse of two in every respect: a rainy night. */
    Quality with(Quality other) {
        return new Quality(
                Math.max(missed, other.missed),
                oftener(burstEverySeconds, other.burstEverySeconds),
                Math.max(tremble, other.tremble),
                oftener(swapEverySeconds, other.swapEverySeconds),
                Math.max(ghostsPerMinute, other.ghostsPerMinute),
                Math.max(flipped, other.flipped),
                oftener(loseEverySeconds, other.loseEverySeconds),
                Math.max(sway, other.sway),
                Math.min(exact, other.exact),
                Math.min(appearance, other.appearance),
                Math.min(tagsRead, other.tagsRead),
                Math.max(tagErrorMillis, other.tagErrorMillis));
    }

    private static double oftener(double one, double other) {
        return one == 0 || other == 0 ? Math.max(one, other) : Math.min(one, other);
    }
}
