package io.atalaya.bench.throughput;

/** Progress of a running contender. */
interface Progress {
    /** Records that have passed its first step. */
    long passed();

    /** Input records of all its steps. */
    long taken();

    /** Whether no record is between its steps; it may become true late. */
    boolean isDrained();

    /**
     * @throws IllegalStateException when it no longer runs
     */
    void requireAlive();
}
