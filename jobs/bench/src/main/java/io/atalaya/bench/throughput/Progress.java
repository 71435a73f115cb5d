package io.atalaya.bench.throughput;

/** How far a running contender has come. */
interface Progress {
    /** Records that have passed its first step. */
    long passed();

    /** Whether nothing is on its way between its steps. */
    boolean isDrained();

    /**
     * @throws IllegalStateException when it no longer runs
     */
    void requireAlive();
}
