package io.atalaya.console;

import org.junit.jupiter.api.Test;

import java.util.Map;

import static org.assertj.core.api.Assertions.assertThat;

class ArgumentsTest {
    private static final Map<String, String> NO_VARIABLES = Map.of();

    @Test
    void namesEveryFaultAtOnce() {
        assertThat(
                        parse(
                                        "--port",
                                        "99999",
                                        "--metrics-port=x",
                                        "--bootstrap-servers",
                                        "a:1,nonsense",
                                        "--kafka-properties",
                                        "/nope",
                                        "--prometheus",
                                        "url",
                                        "--foo",
                                        "--data")
                                .faults())
                .containsExactly(
                        "Unknown option: '--foo'",
                        "--data: got nothing, expected a value",
                        "--port: got '99999', expected 0 to 65535",
                        "--metrics-port: got 'x', expected 1 to 65535",
                        "--bootstrap-servers: got 'a:1,nonsense', expected HOST:PORT, separated by commas",
                        "--kafka-properties: got '/nope', expected a readable properties file",
                        "--prometheus: got 'url', expected NAME=URL, separated by commas");
    }

    @Test
    void makesSettingsOfOptions() {
        Arguments arguments =
                parse("--port", "0", "--bootstrap-servers=a:1, [::1]:9092", "--until-input-ends");

        assertThat(arguments.faults()).isEmpty();
        assertThat(arguments.stopsWithInput()).isTrue();
        assertThat(arguments.settings())
                .containsExactly("--server.port=0", "--console.bootstrap-servers=a:1, [::1]:9092");
    }

    @Test
    void takesTheBrokersOfTheVariableWhereTheOptionIsMissing() {
        Map<String, String> variables = Map.of("ATALAYA_BOOTSTRAP_SERVERS", "b:99999");

        assertThat(Arguments.parse(new String[0], variables).settings())
                .containsExactly("--console.bootstrap-servers=b:99999");
        assertThat(Arguments.parse(new String[0], variables).faults())
                .containsExactly(
                        "ATALAYA_BOOTSTRAP_SERVERS: got 'b:99999', expected HOST:PORT, separated by commas");
        assertThat(
                        Arguments.parse(new String[] {"--bootstrap-servers", "a:1"}, variables)
                                .settings())
                .containsExactly("--console.bootstrap-servers=a:1");
    }

    private static Arguments parse(String... args) {
        return Arguments.parse(args, NO_VARIABLES);
    }
}
