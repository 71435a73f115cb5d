package io.atalaya.bench.comparison;

/** A program that processes the recorded records of the input topics. */
public interface Contender {
    String name();

    /**
     * Runs over the whole recording from a fresh start.
     *
     * @param records number of records in the input topics
     */
    Lap lap(int round, long records) throws InterruptedException;
}
