package io.atalaya.bridge.settings;

import io.atalaya.bridge.settings.BridgeFile.InvalidBridgeFileException;
import io.atalaya.bridge.settings.BridgeSettings.Destination;
import io.atalaya.bridge.settings.BridgeSettings.FormatName;

import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

@Tag("attack")
class BridgeFileTest {
    @TempDir private Path directory;

    private BridgeSettings read(String text) throws IOException, InvalidBridgeFileException {
        Files.writeString(directory.resolve("secret"), "whsec_…");
        return BridgeFile.read(Files.writeString(directory.resolve("bridge.yaml"), text));
    }

    private List<String> faults(String text) {
        return catchThrowableOfType(InvalidBridgeFileException.class, () -> read(text))
                .getMessage()
                .lines()
                .toList();
    }

    @Test
    void readsDestinationsWithDefaults() throws Exception {
        BridgeSettings settings =
                read(
                        """
                        sender: c5.example
                        allow: [cad.example, 10.0.0.0/8]
                        destinations:
                          - name: cad-toluca
                            site: TOLUCA
                            webhook: {url: https://CAD.example/in, secretFile: secret}
                          - name: queue
                            site: ECATEPEC
                            format: EIDO
                            expireAfter: 90 min
                            amqp: {url: 'amqps://10.1.2.3:5671', address: /queues/in}
                        """);

        Destination first = settings.destinations().get(0);
        assertThat(first.format()).isEqualTo(FormatName.CLOUDEVENTS);
        assertThat(first.timeout()).isEqualTo(Duration.ofSeconds(10));
        assertThat(first.maxInFlight()).isEqualTo(8);
        assertThat(first.webhook().secretFile()).isEqualTo(directory.resolve("secret"));
        assertThat(settings.destinations().get(1).expireAfter()).isEqualTo(Duration.ofMinutes(90));
    }

    @Test
    void reportsEveryFaultOfTheFormAtOnce() {
        assertThat(
                        faults(
                                """
                                sender: c5.example
                                allow: []
                                destinations:
                                  - name: CAD
                                    webhook: {url: https://cad.example/, secretfile: secret}
                                    timeout: soon
                                    maxInFlight: 0
                                  - name: both
                                    webhook: {url: https://cad.example/, secretFile: secret}
                                    amqp: {url: amqps://cad.example/, address: a, user: u}
                                    topic: alerts
                                    awaitAudit: "yes"
                                """))
                .containsExactly(
                        "allow: got 0, expected at least 1",
                        "destinations[0].maxInFlight: got 0, expected at least 1",
                        "destinations[0].name: got \"CAD\", expected up to 63 small letters, digits"
                                + " and hyphens",
                        "destinations[0].timeout: got \"soon\", expected a time in ms, s, min, h or d",
                        "destinations[0].webhook.secretfile: got secretfile, expected only [url,"
                                + " secretFile, caFile, keyStoreFile, keyStorePasswordFile]",
                        "destinations[0].webhook: got no secretFile, expected one",
                        "destinations[1].amqp: got user alone, expected it with [passwordFile]",
                        "destinations[1].awaitAudit: got \"yes\", expected true or false",
                        "destinations[1].topic: got \"alerts\", expected one of [announcements,"
                                + " drone-tasks, national-exchange]",
                        "destinations[1]: got both or none of them, expected one of [webhook, amqp]");
        assertThat(
                        faults(
                                """
                                sender: c5.example
                                allow: [cad.example]
                                destinations:
                                  - name: cad
                                    site: TOLUCA
                                    webhook: {url: 'https://cad example/', secretFile: secret}
                                """))
                .containsExactly(
                        "destinations[0].webhook.url: got https://cad example/, expected one that can"
                                + " be used (Illegal character in authority at index 8:"
                                + " https://cad example/)");
    }

    @Test
    void namesTheFileThatHoldsSomethingElse() {
        assertThat(faults("placa,motivo\nABC123,STOLEN_VEHICLE\n"))
                .containsExactly(
                        directory.resolve("bridge.yaml")
                                + ": got \"placa,motivo ABC123,STOLEN_VEHICLE\", expected fields"
                                + " with values");
    }

    @Test
    void reportsEveryFaultOfTheContentAtOnce() {
        assertThat(
                        faults(
                                """
                                sender: c5.example
                                allow: [cad.example, 10.0.0.0/33]
                                destinations:
                                  - name: cad
                                    site: PUEBLA
                                    webhook: {url: https://other.example/, secretFile: none}
                                  - name: cad
                                    site: TOLUCA
                                    webhook: {url: http://cad.example/, secretFile: secret}
                                  - name: more
                                    site: TOLUCA
                                    amqp: {url: 'amqp://cad.example', address: a}
                                  - name: drones
                                    topic: drone-tasks
                                    format: CAP
                                    awaitAudit: true
                                    webhook: {url: https://cad.example/, secretFile: secret}
                                  - name: nothing
                                    webhook: {url: https://cad.example/, secretFile: secret}
                                """))
                .containsExactly(
                        "destinations[1].name: got cad, expected a name that no other destination has",
                        "allow[1]: got 10.0.0.0/33, expected a host or a network (1 to 32 bits)",
                        "destinations[0].site: got PUEBLA, expected one of [ECATEPEC, TOLUCA]",
                        "destinations[0].webhook.url: got other.example, expected a host that allow lists",
                        "destinations[0].webhook.secretFile: got "
                                + directory.resolve("none")
                                + ", expected a file that this user can read",
                        "destinations[1].webhook.url: got http://cad.example/, expected https://;"
                                + " http:// only to this machine",
                        "destinations[2].amqp.url: got amqp://cad.example, expected amqps://; amqp://"
                                + " only to this machine",
                        "destinations[3].format: got CAP, expected CLOUDEVENTS, for it has no incidents",
                        "destinations[3].awaitAudit: got true, expected a topic that the notary records",
                        "destinations[4]: got both or none of site and topic, expected one");
    }

    @Test
    void whatMayWaitMustFitIntoTheHeap() throws Exception {
        String two =
                """
                sender: c5.example
                allow: [cad.example]
                destinations:
                  - name: first
                    site: TOLUCA
                    webhook: {url: https://cad.example/, secretFile: secret}
                  - name: second
                    site: ECATEPEC
                    maxWaitingMegabytes: 100
                    webhook: {url: https://cad.example/, secretFile: secret}
                """;
        read(two);
        Path file = directory.resolve("bridge.yaml");
        BridgeFile.read(file, 3 * 164 << 20);
        assertThatThrownBy(() -> BridgeFile.read(file, (3 * 164 << 20) - 1))
                .hasMessage(
                        "destinations[0].maxWaitingMegabytes, destinations[1].maxWaitingMegabytes:"
                                + " got 164 in all, expected at most 163, a third of the heap"
                                + " (option -Xmx of Java)");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "https://atalaya:s3cret@cad.example/",
                "http://cad.example/?key=s3cret",
                "https://cad.example/#s3cret",
                "https://atalaya:s3c/s3cret@cad.example/in",
                "https://atalaya:s3cret%@cad.example/",
            })
    void neverShowsASecretOfAUrl(String url) {
        assertThat(
                        faults(
                                """
                                sender: c5.example
                                allow: [cad.example]
                                destinations:
                                  - name: cad
                                    site: TOLUCA
                                    webhook: {url: '%s', secretFile: secret}
                                """
                                        .formatted(url)))
                .singleElement()
                .asString()
                .startsWith("destinations[0].webhook.url: got http")
                .doesNotContain("s3cret");
    }

    @Test
    void saysWhereTheFileIsNoYaml() {
        assertThat(faults("sender: a\nsender: b\n")).singleElement().asString().contains(":2: ");
        assertThatThrownBy(() -> BridgeFile.read(directory.resolve("missing")))
                .hasMessage(
                        directory.resolve("missing") + ": got no such file, expected a YAML file");
    }

    @ParameterizedTest
    @CsvSource({
        "cad.example, cad.example, true",
        "CAD.example, cad.EXAMPLE, true",
        "cad.example, evil.example, false",
        "cad.example, cad.example.evil.example, false",
        "10.0.0.0/8, 10.255.1.2, true",
        "10.0.0.0/8, 11.0.0.1, false",
        "10.1.2.3, 10.1.2.3, true",
        "10.1.2.3, 10.1.2.4, false",
        "::1, [::1], true",
        "fd00::/8, [fd12::1], true",
        "fd00::/8, [fe80::1], false",
    })
    void allowsNamesAndNetworks(String allowed, String host, boolean isListed) {
        assertThat(AddressRules.of(List.of(allowed)).isListed(host)).isEqualTo(isListed);
    }

    @Test
    void aNameMayNotStandForThisMachineUnlessItsNetworkIsListed() throws IOException {
        assertThatThrownBy(() -> AddressRules.of(List.of("localhost")).check("localhost"))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("not allowed");
        AddressRules.of(List.of("localhost", "127.0.0.0/8", "::1")).check("localhost");
        assertThatThrownBy(() -> AddressRules.of(List.of("localhost")).check("10.0.0.1"))
                .hasMessageContaining("10.0.0.1 is not allowed");
    }
}
