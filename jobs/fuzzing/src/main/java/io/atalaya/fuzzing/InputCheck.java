package io.atalaya.fuzzing;

import com.sun.management.ThreadMXBean;

import java.lang.management.ManagementFactory;
import java.lang.reflect.Constructor;
import java.util.Arrays;
import java.util.SplittableRandom;
import java.util.function.Consumer;

/**
 * The properties that a target must have for every input: it accepts the input or throws its
 * rejection with a short message, within time and memory linear in the input size, and an accepted
 * value survives writing and reading.
 */
final class InputCheck<T> implements Consumer<byte[]> {
    /** With coverage instrumentation most readers need less than 1 µs per byte. */
    private static final long NANOS_PER_BYTE = 10_000;

    /** Allowance for buffers whose size does not depend on the input. */
    private static final long BYTES_PER_INPUT = 4 << 20;

    /** Allowance for loading and instrumenting classes at the first inputs. */
    private static final long NANOS_PER_INPUT = 500_000_000;

    /** A slow reader is slow every time, whereas a pause of the machine does not recur. */
    private static final int ATTEMPTS = 3;

    /** Limited, because a rejection is logged and becomes a header of the dead letter. */
    private static final int MAX_MESSAGE = 8_192;

    /** One is below 64 KiB, because some formats limit messages to that. */
    private static final int[] REPEATED_BYTES = {15_000, 60_000, 125_000};

    /** Rare, because an input with a repetition costs as much as some hundred others. */
    private static final int REPEATED_ONCE_IN = 128;

    /** An input larger by this factor may take up to twice this factor of the time. */
    private static final int GROWTH = 8;

    /** Shorter times are too imprecise. */
    private static final long MIN_NANOS = 5_000_000;

    private static final ThreadMXBean THREAD = (ThreadMXBean) ManagementFactory.getThreadMXBean();

    private final FuzzTarget<T> target;

    InputCheck(FuzzTarget<T> target) {
        this.target = target;
    }

    /** The check of one target of a {@link FuzzTarget.Table}; called by reflection. */
    public static InputCheck<?> of(Class<?> table, String name)
            throws ReflectiveOperationException {
        Constructor<?> constructor = table.getDeclaredConstructor();
        constructor.setAccessible(true);
        return ((FuzzTarget.Table) constructor.newInstance())
                .targets().stream()
                        .filter(target -> target.name().equals(name))
                        .findAny()
                        .map(InputCheck::new)
                        .orElseThrow();
    }

    /** Checks an input and, for some inputs, also one that repeats a part of it many times. */
    @Override
    public void accept(byte[] input) {
        check(input);
        int hash = Arrays.hashCode(input);
        if (input.length > 0 && Math.floorMod(hash, REPEATED_ONCE_IN) == 0) {
            SplittableRandom random = new SplittableRandom(hash);
            checkRepeated(Repetition.of(input, random), random);
        }
    }

    private byte[] checkRepeated(Repetition repetition, SplittableRandom random) {
        byte[] repeated = repetition.bytes(REPEATED_BYTES[random.nextInt(REPEATED_BYTES.length)]);
        try {
            check(repeated);
        } catch (AssertionError | StackOverflowError e) {
            throw new AssertionError(target.name() + ": fails with " + repetition, e);
        }
        return repeated;
    }

    /**
     * Checks that the time of reading grows no faster than the input, for a repetition chosen by
     * {@code seed}.
     */
    void checkGrowth(byte[] input, int seed) {
        if (input.length == 0) {
            return;
        }
        SplittableRandom random = new SplittableRandom(seed);
        Repetition repetition = Repetition.of(input, random);
        byte[] small = checkRepeated(repetition, random);
        byte[] large = null;
        for (int attempt = 1; ; attempt++) {
            long nanos = nanos(small);
            if (nanos < MIN_NANOS) {
                return;
            }
            large = large == null ? repetition.bytes(GROWTH * small.length) : large;
            long grown = nanos(large);
            if (grown <= 2 * GROWTH * nanos) {
                return;
            }
            if (attempt == ATTEMPTS) {
                throw new AssertionError(
                        "%s: got %d ms for %d bytes and %d ms for %d bytes, expected time that grows with the size: %s"
                                .formatted(
                                        target.name(),
                                        nanos / 1_000_000,
                                        small.length,
                                        grown / 1_000_000,
                                        large.length,
                                        repetition));
            }
        }
    }

    private long nanos(byte[] input) {
        long nanos = THREAD.getCurrentThreadCpuTime();
        read(input);
        return THREAD.getCurrentThreadCpuTime() - nanos;
    }

    private void check(byte[] input) {
        T accepted = readWithinBounds(input);
        if (accepted == null) {
            return;
        }
        try {
            target.verifier().verify(accepted);
        } catch (Exception | AssertionError e) {
            throw new AssertionError(
                    target.name() + ": accepts what cannot be written and read again: " + accepted,
                    e);
        }
    }

    /** The accepted value, or null. */
    private T readWithinBounds(byte[] input) {
        long maxBytes = BYTES_PER_INPUT + (long) target.heapPerByte() * input.length;
        long maxNanos = NANOS_PER_INPUT + NANOS_PER_BYTE * input.length;
        for (int attempt = 1; ; attempt++) {
            long bytes = THREAD.getCurrentThreadAllocatedBytes();
            long nanos = THREAD.getCurrentThreadCpuTime();
            T accepted = read(input);
            nanos = THREAD.getCurrentThreadCpuTime() - nanos;
            bytes = THREAD.getCurrentThreadAllocatedBytes() - bytes;
            if (bytes <= maxBytes && nanos <= maxNanos) {
                return accepted;
            }
            if (attempt == ATTEMPTS) {
                throw new AssertionError(
                        "%s: got %d bytes of heap and %d ms for an input of %d bytes, expected at most %d bytes and %d ms"
                                .formatted(
                                        target.name(),
                                        bytes,
                                        nanos / 1_000_000,
                                        input.length,
                                        maxBytes,
                                        maxNanos / 1_000_000));
            }
        }
    }

    private T read(byte[] input) {
        try {
            return target.reader().read(input);
        } catch (Exception e) {
            if (target.rejection().isInstance(e)) {
                requireShort(e.getMessage());
                return null;
            }
            throw new AssertionError(
                    target.name()
                            + ": throws another exception than "
                            + target.rejection().getName(),
                    e);
        }
    }

    private void requireShort(String message) {
        if (message != null && message.length() > MAX_MESSAGE) {
            throw new AssertionError(
                    "%s: rejects with %d characters, expected at most %d: %s …"
                            .formatted(
                                    target.name(),
                                    message.length(),
                                    MAX_MESSAGE,
                                    message.substring(0, 200)));
        }
    }
}
