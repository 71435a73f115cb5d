package io.atalaya.bench.throughput;

/** How far a running contender has come. */
interface Progress {
    /** Records that have passed its first step. */
    long passed();

    /** What all its steps have taken in: it grows while anything is on its way between them. */
    long taken();

    /**
     * @throws IllegalStateException when it no longer runs
     */
    void requireAlive();
}
