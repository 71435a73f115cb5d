package io.atalaya.fuzzing;

import java.util.List;
import java.util.concurrent.Callable;

/**
 * One reader of bytes that come from outside.
 *
 * @param name also of the directory {@code src/test/resources/fuzz/NAME} with further inputs
 * @param reader returns what it accepts, or throws the refusal
 * @param refusal the only exception that {@code reader} may throw
 * @param verifier fails unless what was accepted can be written and read again
 * @param seeds inputs with which the fuzzer begins
 * @param heapPerByte bytes of heap that {@code reader} may allocate for each byte of its input
 */
public record FuzzTarget<T>(
        String name,
        Reader<T> reader,
        Class<? extends Exception> refusal,
        Verifier<T> verifier,
        Callable<List<byte[]>> seeds,
        int heapPerByte) {
    /** Of a message; a recording line full of short fields, which becomes a tree, needs 650. */
    private static final int HEAP_PER_BYTE = 2_000;

    public FuzzTarget(
            String name,
            Reader<T> reader,
            Class<? extends Exception> refusal,
            Verifier<T> verifier,
            Callable<List<byte[]>> seeds) {
        this(name, reader, refusal, verifier, seeds, HEAP_PER_BYTE);
    }

    /** What is fuzzed. */
    @FunctionalInterface
    public interface Reader<T> {
        T read(byte[] input) throws Exception;
    }

    /** Checks what was accepted. */
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
