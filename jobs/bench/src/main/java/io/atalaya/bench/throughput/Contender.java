package io.atalaya.bench.throughput;

/** A program that reads the recorded reads from the topic. */
public interface Contender {
    String name();

    /**
     * Runs over the whole recording from a fresh start.
     *
     * @param records number of records in the input topics
     */
    Lap lap(int round, long records) throws InterruptedException;
}
