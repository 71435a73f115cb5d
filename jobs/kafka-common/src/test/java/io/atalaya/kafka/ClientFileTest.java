package io.atalaya.kafka;

import org.apache.kafka.clients.admin.AdminClientConfig;
import org.apache.kafka.common.config.types.Password;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

class ClientFileTest {
    private static final String SECRET = "s3cr3t-of-the-test";
    private static final String STORE =
            Path.of(System.getProperty("java.home"), "lib/security/cacerts").toString();
    private static final String MODULE =
            "org.apache.kafka.common.security.scram.ScramLoginModule required ";
    private static final String LOGIN =
            "sasl.jaas.config=" + MODULE + "username=\"hotlist\" password=\"" + SECRET + "\";";
    private static final List<String> WHOLE =
            List.of(
                    "security.protocol=SASL_SSL",
                    "sasl.mechanism=SCRAM-SHA-512",
                    LOGIN,
                    "ssl.truststore.location=" + STORE,
                    "ssl.truststore.password=changeit",
                    "request.timeout.ms=20000");

    @TempDir private Path directory;

    @Test
    void aWholeFileHasNoFaults() throws IOException {
        assertThat(faults(WHOLE.toArray(String[]::new))).isEmpty();
    }

    @Test
    void withoutAFileThereAreNoSettings() {
        ClientFile none = ClientFile.named("");

        assertThat(none.faults(Set.of())).isEmpty();
        assertThat(none.values()).isEmpty();
        assertThat(none.references()).isEmpty();
    }

    @Test
    void referencesHoldNoSecretAndAreResolvedWhenAClientIsCreated() throws IOException {
        ClientFile file = file(WHOLE.toArray(String[]::new));
        var references = file.references();
        references.put("bootstrap.servers", "localhost:9092");

        assertThat(references.toString()).doesNotContain(SECRET).doesNotContain("changeit");
        assertThat(password(new AdminClientConfig(references))).contains(SECRET);

        file(WHOLE.stream().map(line -> line.replace(SECRET, "rotated")).toArray(String[]::new));
        assertThat(password(new AdminClientConfig(references))).contains("rotated");
    }

    private static String password(AdminClientConfig config) {
        return ((Password) config.values().get("sasl.jaas.config")).value();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            textBlock =
                    """
                    request.timout.ms=20000           | request.timout.ms: unknown key, expected a setting of
                    config.providers=env              | config.providers: unknown key
                    group.id=mine                     | group.id: unknown key
                    bootstrap.servers=localhost:9092  | bootstrap.servers: unknown key
                    security.protocol=TLS             | security.protocol: Invalid value TLS
                    request.timeout.ms=soon           | request.timeout.ms: Invalid value soon
                    sasl.mechanism=PLAIN              | security.protocol: got nothing, expected SASL_SSL or SASL_PLAINTEXT, because sasl.mechanism is set
                    ssl.protocol=TLSv1.3              | security.protocol: got nothing, expected SASL_SSL or SSL, because ssl.protocol is set
                    """)
    void aFaultNamesItsKey(String line, String fault) throws IOException {
        assertThat(faults(line)).singleElement().asString().startsWith(fault);
    }

    @Test
    void everyFaultIsNamedAtOnce() throws IOException {
        assertThat(
                        faults(
                                "security.protocol=SASL_SSL",
                                "ssl.truststore.location=" + directory.resolve("no.p12"),
                                "ssl.keystore.location=" + directory.resolve("neither.p12"),
                                "ssl.keystore.password=any",
                                "retry.backoff.ms=-1",
                                "linger.ms=5"))
                .anyMatch(fault -> fault.startsWith("linger.ms: unknown key"))
                .anyMatch(fault -> fault.startsWith("retry.backoff.ms: Invalid value -1"))
                .anyMatch(fault -> fault.startsWith("sasl.mechanism: got nothing, expected"))
                .anyMatch(fault -> fault.startsWith("sasl.jaas.config: got nothing, expected"))
                .anyMatch(
                        fault ->
                                fault.matches(
                                        "ssl.truststore.location: got '.*no.p12', expected a store.*"
                                                + "NoSuchFileException.*"))
                .anyMatch(
                        fault ->
                                fault.matches(
                                        "ssl.keystore.location: got '.*neither.p12', expected a"
                                                + " store.*NoSuchFileException.*"))
                .hasSize(6);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                SECRET,
                MODULE + "username=\"hotlist\" password=\"" + SECRET + "\"",
                MODULE + "username=\"hotlist\" password=" + SECRET + "\";",
                MODULE + "user=\"hotlist\" password=\"" + SECRET + "\";",
                MODULE + "username=\"hotlist\" pass=\"" + SECRET + "\";",
                MODULE + ";",
                "no.such.Module required username=\"hotlist\" password=\"" + SECRET + "\";",
            })
    void aLoginThatCannotBeUsedIsNamedAndNotShown(String login) throws IOException {
        assertThat(
                        faults(
                                "security.protocol=SASL_PLAINTEXT",
                                "sasl.mechanism=SCRAM-SHA-512",
                                "sasl.jaas.config=" + login))
                .singleElement()
                .asString()
                .startsWith("sasl.jaas.config: got what is no login (not shown), expected")
                .doesNotContain(SECRET);
    }

    @Test
    void theWrongPasswordOfAStoreIsAFaultAndNotShown() throws IOException {
        assertThat(
                        faults(
                                "security.protocol=SSL",
                                "ssl.truststore.location=" + STORE,
                                "ssl.truststore.password=" + SECRET))
                .singleElement()
                .asString()
                .startsWith("ssl.truststore.location: got '" + STORE + "', expected a store")
                .contains("Password verification failed")
                .doesNotContain(SECRET);
    }

    @Test
    void aPathThatWouldEndItsReferenceIsAFault() throws IOException {
        Path odd = Files.createDirectory(directory.resolve("a:b")).resolve("client.properties");
        Files.write(odd, WHOLE);

        assertThat(ClientFile.named(odd.toString()).faults(Set.of()))
                .singleElement()
                .asString()
                .startsWith("its path: expected one without ':'");
    }

    @Test
    void aFileThatCannotBeReadIsRejectedWithTheReason() throws IOException {
        String missing = directory.resolve("missing.properties").toString();
        Path broken = Files.writeString(directory.resolve("broken.properties"), "a=\\u00g0");

        assertThatThrownBy(() -> ClientFile.named(missing)).hasMessage("there is no " + missing);
        assertThatThrownBy(() -> ClientFile.named(directory.toString()))
                .hasMessageContaining("cannot be read")
                .hasMessageContaining("directory");
        assertThatThrownBy(() -> ClientFile.named(broken.toString()))
                .hasMessageContaining("cannot be read");
    }

    private List<String> faults(String... lines) throws IOException {
        return file(lines).faults(Set.of("bootstrap.servers"));
    }

    private ClientFile file(String... lines) throws IOException {
        Path path = directory.resolve("client.properties");
        Files.write(path, List.of(lines));
        return ClientFile.named(path.toString());
    }
}
