package io.atalaya.fuzzing;

import java.util.List;
import java.util.concurrent.Callable;

/**
 * A reader of external bytes.
 *
 * @param name name of the target and of the directory {@code src/test/resources/fuzz/NAME} with
 *     further inputs
 * @param reader returns the accepted value, or throws the rejection
 * @param rejection the only exception that {@code reader} may throw
 * @param verifier fails unless an accepted value survives writing and reading
 * @param seeds initial inputs of the fuzzer
 * @param heapPerByte bytes of heap that {@code reader} may allocate per byte of input
 */
public record FuzzTarget<T>(
        String name,
        Reader<T> reader,
        Class<? extends Exception> rejection,
        Verifier<T> verifier,
        Callable<List<byte[]>> seeds,
        int heapPerByte) {
    /** For a message; a recording line full of short fields, which becomes a tree, needs 650. */
    private static final int HEAP_PER_BYTE = 2_000;

    public FuzzTarget(
            String name,
            Reader<T> reader,
            Class<? extends Exception> rejection,
            Verifier<T> verifier,
            Callable<List<byte[]>> seeds) {
        this(name, reader, rejection, verifier, seeds, HEAP_PER_BYTE);
    }

    /** The code under test. */
    @FunctionalInterface
    public interface Reader<T> {
        T read(byte[] input) throws Exception;
    }

    /** Checks an accepted value. */
    @FunctionalInterface
    public interface Verifier<T> {
        void verify(T accepted) throws Exception;
    }

    /** A class with a no-argument constructor that lists targets. */
    @FunctionalInterface
    public interface Table {
        List<FuzzTarget<?>> targets();
    }
}
