package io.atalaya.commandline;

import org.junit.jupiter.api.Test;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.time.Duration;
import java.time.Year;
import java.time.ZoneId;

import static org.assertj.core.api.Assertions.assertThat;

class ScriptsTest {
    private final StringWriter out = new StringWriter();
    private final StringWriter err = new StringWriter();

    @Command(name = Scripts.NAME, subcommands = Jobs.class)
    private static final class Root {}

    @Command(
            name = "jobs",
            subcommands = {Run.class})
    private static final class Jobs {
        @Command(name = "list")
        int list() {
            return 0;
        }
    }

    @Command(name = "run")
    private static final class Run implements Runnable {
        @Option(names = "--zone")
        private ZoneId zone;

        @Option(names = "--every")
        private Duration every;

        @Option(names = "--count", required = true)
        private int count;

        @Parameters private Year year;

        @Override
        public void run() {
            throw new AssertionError("runs with errors");
        }
    }

    @Test
    void namesEveryArgumentThatCannotBeParsed() {
        assertThat(
                        run(
                                "jobs",
                                "run",
                                "--zone",
                                "Mars/City",
                                "--every",
                                "1 min",
                                "--count",
                                "x",
                                "--foo",
                                "2026"))
                .isEqualTo(2);
        assertThat(err.toString())
                .isEqualToNormalizingNewlines(
                        """
                        Invalid value for option '--zone': got 'Mars/City', expected a time zone such as America/Mexico_City
                        Invalid value for option '--every': got '1 min', expected a duration such as PT1M
                        Invalid value for option '--count': 'x' is not an int
                        Unknown option: '--foo'
                        See scripts/jobs run --help.
                        """);
    }

    @Test
    void namesAPositionalParameterOnlyOnce() {
        assertThat(run("jobs", "run", "year", "--count", "x")).isEqualTo(2);
        assertThat(err.toString())
                .isEqualToNormalizingNewlines(
                        """
                        Invalid value for positional parameter at index 0 (<year>): got 'year', expected a year such as 2026
                        Invalid value for option '--count': 'x' is not an int
                        See scripts/jobs run --help.
                        """);
    }

    @Test
    void namesEveryArgumentThatIsMissing() {
        assertThat(run("jobs", "run", "--zone", "Mars/City")).isEqualTo(2);
        assertThat(err.toString())
                .startsWith("Invalid value for option '--zone': got")
                .contains("\nMissing required options and parameters: '--count=<count>', '<year>'");
    }

    @Test
    void saysWhichSubcommandsThereAre() {
        assertThat(run("jobs", "foo")).isEqualTo(2);
        assertThat(err.toString())
                .isEqualToNormalizingNewlines(
                        "scripts/jobs: got 'foo', expected run or list\nSee scripts/jobs --help.\n");
    }

    @Test
    void suggestsAnOptionForAMisspeltOne() {
        assertThat(run("jobs", "run", "2026", "--count", "1", "--zoen", "UTC")).isEqualTo(2);
        assertThat(err.toString()).contains("Unknown options: '--zoen'", "--zone");
    }

    @Test
    void helpComesBeforeErrors() {
        assertThat(run("jobs", "run", "--count", "x", "--help")).isZero();
        assertThat(out.toString()).startsWith("Usage: scripts/jobs run");
        assertThat(err.toString()).isEmpty();
    }

    @Test
    void aCommandWithoutSubcommandsHasHelp() {
        assertThat(execute(new Run(), "--help")).isZero();
        assertThat(out.toString()).startsWith("Usage: run [-h]");
    }

    private int run(String... arguments) {
        return execute(new Root(), arguments);
    }

    private int execute(Object command, String... arguments) {
        CommandLine line = Scripts.commandLine(command);
        line.setOut(new PrintWriter(out, true));
        line.setErr(new PrintWriter(err, true));
        return line.execute(arguments);
    }
}
