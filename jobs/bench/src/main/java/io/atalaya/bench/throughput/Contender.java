package io.atalaya.bench.throughput;

/** Something that takes the recorded reads off the topic. */
public interface Contender {
    String name();

    /**
     * Runs over the whole recording, from a fresh start.
     *
     * @param records that the input topics hold
     */
    Lap lap(int round, long records) throws InterruptedException;
}
