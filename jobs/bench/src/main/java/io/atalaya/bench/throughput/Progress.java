package io.atalaya.bench.throughput;

/** How far a running contender has come. */
interface Progress {
    /** Records that have passed its first step. */
    long passed();

    /** What all its steps have taken in. */
    long taken();

    /** Whether nothing is on its way between its steps, for certain; it may be known late. */
    boolean isDrained();

    /**
     * @throws IllegalStateException when it no longer runs
     */
    void requireAlive();
}
