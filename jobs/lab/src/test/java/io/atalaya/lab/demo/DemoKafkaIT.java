package io.atalaya.lab.demo;

import io.atalaya.lab.Lab;
import io.atalaya.notary.Notary;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;
import picocli.CommandLine;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import static org.assertj.core.api.Assertions.assertThat;

/** Runs the shortest possible demo end to end: a real broker, the jobs, and a minute of traffic. */
@Execution(ExecutionMode.CONCURRENT)
class DemoKafkaIT {
    private static final Pattern RECEIVED =
            Pattern.compile(
                    "webhooks: (\\d+) messages, signature right \\1, .* revision (\\d+) / (\\d+)\\n");
    private static final Pattern VERIFY =
            Pattern.compile("scripts/(audit verify --key-file \\S+ --sent)\\n");
    private static final Pattern BROKER = Pattern.compile("localhost:\\d+");
    private static final Pattern EXACT = Pattern.compile("read exactly +(\\d+) / (\\d+)");

    /** Runs the printed command that verifies the audit, while the end of the demo waits for it. */
    private static final class Verifying extends StringWriter {
        private final StringWriter verified = new StringWriter();

        @Override
        public void write(String text, int from, int length) {
            super.write(text, from, length);
            if (RECEIVED.matcher(text + '\n').find()) {
                CommandLine line = Notary.commandLine();
                line.setOut(new PrintWriter(verified));
                line.setErr(new PrintWriter(verified));
                List<String> arguments = new ArrayList<>(List.of(first(VERIFY).split(" ")));
                arguments.add("--bootstrap-servers=" + first(BROKER));
                line.execute(arguments.toArray(String[]::new));
            }
        }

        private String first(Pattern pattern) {
            return pattern.matcher(toString())
                    .results()
                    .map(found -> found.groupCount() == 0 ? found.group() : found.group(1))
                    .findFirst()
                    .orElseThrow();
        }
    }

    @Test
    void findsEveryWellReadVehicleOfAMinuteOfTraffic() {
        Verifying out = new Verifying();
        StringWriter err = new StringWriter();
        CommandLine line = Lab.commandLine();
        line.setOut(new PrintWriter(out));
        line.setErr(new PrintWriter(err));

        int code =
                line.execute(
                        "demo",
                        "--minutes",
                        "1",
                        "--rate",
                        "20",
                        "--hotlist-size",
                        "1000",
                        "--lang",
                        "en",
                        "--no-console",
                        // One subtask, and a longer wait of its readers, need half of the
                        // processor; much longer, and sending the past takes minutes.
                        "--parallelism",
                        "1",
                        "-D",
                        "reads.fetch-wait=50 ms");

        assertThat(err.toString()).isEmpty();
        assertThat(code).isZero();
        String text = out.toString();
        Matcher exact = EXACT.matcher(text);
        assertThat(exact.find()).as(text).isTrue();
        assertThat(Integer.parseInt(exact.group(2))).isGreaterThan(5);
        assertThat(exact.group(1)).isEqualTo(exact.group(2));
        assertThat(text)
                // Which alerts have time to be shown depends on the machine.
                .containsPattern("(ALERT|REVIEW) +\\p{Lu}\\p{L}+ ")
                .containsPattern("read exactly, before the entry +(\\d+) / \\1 ")
                .containsPattern("export ATALAYA_BOOTSTRAP_SERVERS=localhost:\\d+\\n")
                .contains("Rejected by the job (dead-letter): 0")
                .contains("false alerts: 0")
                .containsPattern("what was found, wrong-way:\\R  in all +([1-9]\\d*) / \\1 ")
                .containsPattern("INCIDENT .+ → (TOLUCA|ECATEPEC)")
                .containsPattern("  story     .*opened: first evidence");
        assertThat(out.verified.toString())
                .containsPattern("Whole: \\d+ records in \\d+ partitions");
        Matcher received = RECEIVED.matcher(text);
        assertThat(received.find()).as(text).isTrue();
        int sent = Integer.parseInt(received.group(3));
        // Some messages of the last moment may still be on their way.
        assertThat(Integer.parseInt(received.group(2))).isPositive().isBetween(sent - 2, sent);
    }
}
