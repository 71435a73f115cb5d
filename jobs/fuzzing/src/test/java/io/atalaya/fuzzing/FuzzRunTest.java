package io.atalaya.fuzzing;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

/** Breaks each property once and checks that the break is found. */
class FuzzRunTest {
    /** A run ends with its finding after some seconds, or after a minute on a busy machine. */
    private static final int MAX_SECONDS = 300;

    private static final byte[] SEED = "say {a,b}".getBytes(StandardCharsets.UTF_8);

    static final class RejectedException extends Exception {
        private static final long serialVersionUID = 1L;

        RejectedException(String message) {
            super(message);
        }
    }

    static final class Faults implements FuzzTarget.Table {
        @Override
        public List<FuzzTarget<?>> targets() {
            return List.of(
                    target("sound", Faults::sound, text -> {}),
                    target("crashes", Faults::crashes, text -> {}),
                    target("allocates", Faults::allocates, text -> {}),
                    target("wordy", Faults::wordy, text -> {}),
                    target("slow", Faults::slow, text -> {}),
                    target("grows", Faults::grows, text -> {}),
                    target("lossy", Faults::sound, Faults::lossy));
        }

        private static FuzzTarget<String> target(
                String name,
                FuzzTarget.Reader<String> reader,
                FuzzTarget.Verifier<String> verifier) {
            return new FuzzTarget<>(
                    name, reader, RejectedException.class, verifier, () -> List.of(SEED));
        }

        private static String sound(byte[] input) throws RejectedException {
            if (input.length > 0 && input[0] == '!') {
                throw new RejectedException("it begins with an exclamation mark");
            }
            return new String(input, StandardCharsets.ISO_8859_1);
        }

        /** Nested conditions, each found only if the outer one counts as covered. */
        private static String crashes(byte[] input) {
            if (input.length > 2 && input[0] == 'c') {
                if (input[1] * 3 == 'r' * 3) {
                    if ((input[2] ^ 0x55) == ('a' ^ 0x55)) {
                        throw new IllegalStateException("an exception that is no rejection");
                    }
                }
            }
            return null;
        }

        private static String allocates(byte[] input) {
            ByteBuffer buffer = ByteBuffer.wrap(input);
            return input.length < 4 ? null : "" + new byte[buffer.getInt() & 0x0fffffff].length;
        }

        private static String wordy(byte[] input) throws RejectedException {
            throw new RejectedException("all of it is wrong: ".repeat(input.length));
        }

        private static String slow(byte[] input) {
            ThreadMXBean thread = ManagementFactory.getThreadMXBean();
            long end = thread.getCurrentThreadCpuTime() + 600_000_000;
            while (thread.getCurrentThreadCpuTime() < end) {
                Thread.onSpinWait();
            }
            return null;
        }

        /** A list that is searched repeatedly: 2 s for 300,000 items. */
        private static String grows(byte[] input) {
            String[] met = new String(input, StandardCharsets.ISO_8859_1).split(",");
            int missing = 0;
            for (int i = 0; i < met.length; i += 256) {
                for (String one : met) {
                    missing += one.equals("b,") ? 0 : 1;
                }
            }
            return String.valueOf(missing);
        }

        private static void lossy(String text) {
            assertThat(text.strip()).isEqualTo(text);
        }
    }

    @TempDir private Path directory;

    @Test
    void findsInputsThatNeedCoverage() throws Exception {
        FuzzRun run = run("sound", "crashes");
        assertThat(run.finding()).as(run.report()).isNotNull();
        assertThat(run.broken()).isEqualTo("crashes");
        assertThat(Files.readString(run.finding(), StandardCharsets.ISO_8859_1)).startsWith("cra");
        assertThat(run.failure())
                .contains("fuzz crashes: ", "an exception that is no rejection", "fuzz/crashes/");
        assertThat(run.executions("sound")).as(run.report()).isPositive();
        assertThat(run.executions("crashes")).as(run.report()).isGreaterThan(50);
        assertThatThrownBy(() -> check("crashes").accept(Files.readAllBytes(run.finding())))
                .isInstanceOf(AssertionError.class)
                .hasMessageContaining("another exception");
    }

    @Test
    void reportsOtherBrokenProperties() {
        assertRejected("allocates", "\u000f\u00ff\u00ff\u00ff", "bytes of heap");
        assertRejected("wordy", "a".repeat(1_000), "rejects with 20000 characters");
        assertRejected("slow", "a", "ms for an input of 1 bytes");
        assertRejected("lossy", " a", "cannot be written and read again");
    }

    private static void assertRejected(String target, String input, String message) {
        assertThatThrownBy(() -> check(target).accept(input.getBytes(StandardCharsets.ISO_8859_1)))
                .isInstanceOf(AssertionError.class)
                .hasMessageContaining(message);
    }

    /** A growth too small for a run of the fuzzer to find. */
    @Test
    void findsSuperlinearTime() {
        assertThatThrownBy(
                        () -> {
                            for (int seed = 0; seed < 100; seed++) {
                                check("grows").checkGrowth(SEED, seed);
                            }
                        })
                .hasMessageContaining("expected time that grows with the size");
    }

    @Test
    void acceptsATargetWithAllProperties() {
        assertThatCode(() -> check("sound").accept(SEED)).doesNotThrowAnyException();
        assertThatCode(() -> check("sound").accept(new byte[] {'!'})).doesNotThrowAnyException();
        assertThatCode(() -> check("sound").checkGrowth(SEED, 7)).doesNotThrowAnyException();
    }

    private static InputCheck<?> check(String target) throws ReflectiveOperationException {
        return InputCheck.of(Faults.class, target);
    }

    private FuzzRun run(String... targets) throws Exception {
        Map<String, List<byte[]>> seeds = new LinkedHashMap<>();
        for (String target : targets) {
            seeds.put(target, List.of(SEED));
        }
        return FuzzRun.of(
                Faults.class, seeds, 1, MAX_SECONDS, directory, directory.resolve("corpus"));
    }
}
