package io.atalaya.console;

import org.junit.jupiter.api.Test;
import picocli.CommandLine;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

import static org.assertj.core.api.Assertions.assertThat;

class ArgumentsTest {
    private static final Map<String, String> NO_VARIABLES = Map.of();

    private final StringWriter out = new StringWriter();
    private final StringWriter err = new StringWriter();
    private final List<Arguments> started = new ArrayList<>();

    @Test
    void namesEveryFaultAtOnce() {
        assertThat(
                        run(
                                NO_VARIABLES,
                                "--port",
                                "99999",
                                "--metrics-port=x",
                                "--bootstrap-servers",
                                "a:1,nonsense",
                                "--kafka-properties",
                                "/nope",
                                "--config",
                                "/none",
                                "--prometheus",
                                "url",
                                "--foo",
                                "--data"))
                .isEqualTo(2);
        assertThat(started).isEmpty();
        assertThat(err.toString())
                .isEqualToNormalizingNewlines(
                        """
                        Invalid value for option '--port': got '99999', expected 0 to 65535
                        Invalid value for option '--metrics-port': got 'x', expected 1 to 65535
                        Invalid value for option '--bootstrap-servers': got 'a:1,nonsense', expected HOST:PORT, separated by commas, here or in ATALAYA_BOOTSTRAP_SERVERS
                        Invalid value for option '--kafka-properties': got '/nope', expected a readable file
                        Invalid value for option '--config': got '/none', expected a readable file
                        Invalid value for option '--prometheus': got 'url', expected NAME=URL, separated by commas
                        Missing required parameter for option '--data' (DIR)
                        Unknown option: '--foo'
                        See scripts/console --help.
                        """);
    }

    @Test
    void makesSettingsOfOptions() {
        assertThat(
                        settings(
                                NO_VARIABLES,
                                "--port",
                                "0",
                                "--bootstrap-servers=a:1, [::1]:9092",
                                "--until-input-ends"))
                .containsExactly("--console.bootstrap-servers=a:1, [::1]:9092", "--server.port=0");
        assertThat(started).singleElement().matches(Arguments::stopsWithInput);
    }

    @Test
    void takesTheLastOfARepeatedOption() {
        assertThat(settings(NO_VARIABLES, "--web", "a", "--web", "b"))
                .containsExactly("--console.web=b");
        assertThat(started).singleElement().matches(arguments -> !arguments.stopsWithInput());
    }

    @Test
    void takesTheBrokersOfTheVariableWhereTheOptionIsMissing() {
        Map<String, String> variables = Map.of("ATALAYA_BOOTSTRAP_SERVERS", "b:9092");

        assertThat(settings(variables)).containsExactly("--console.bootstrap-servers=b:9092");
        assertThat(settings(variables, "--bootstrap-servers", "a:1"))
                .containsExactly("--console.bootstrap-servers=a:1");
        assertThat(settings(Map.of("ATALAYA_BOOTSTRAP_SERVERS", ""))).isEmpty();
    }

    @Test
    void namesAFaultInTheVariableUnlessTheOptionIsGiven() {
        Map<String, String> variables = Map.of("ATALAYA_BOOTSTRAP_SERVERS", "b:99999");

        assertThat(run(variables, "--port", "x", "--foo")).isEqualTo(2);
        assertThat(err.toString())
                .contains("got 'x', expected 0")
                .contains("got 'b:99999', expected HOST:PORT, separated by commas");
        assertThat(settings(variables, "--bootstrap-servers", "a:1"))
                .containsExactly("--console.bootstrap-servers=a:1");
    }

    @Test
    void helpStartsNothing() {
        assertThat(run(NO_VARIABLES, "--help", "--port", "x")).isZero();
        assertThat(started).isEmpty();
        assertThat(out.toString()).startsWith("Usage: scripts/console").contains("(8090)");
    }

    private List<String> settings(Map<String, String> variables, String... args) {
        started.clear();
        assertThat(run(variables, args)).as(err.toString()).isZero();
        return started.get(0).settings();
    }

    private int run(Map<String, String> variables, String... args) {
        CommandLine line = new Arguments(variables, started::add).commandLine();
        line.setOut(new PrintWriter(out, true));
        line.setErr(new PrintWriter(err, true));
        return line.execute(args);
    }
}
