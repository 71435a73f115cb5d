package io.atalaya.bridge.webhook;

import io.atalaya.bridge.DispatchRecords;
import io.atalaya.bridge.delivery.QueuedMessage;
import io.atalaya.bridge.format.CapFormat;
import io.atalaya.bridge.format.CloudEventFormat;
import io.atalaya.bridge.format.EidoFormat;
import io.atalaya.bridge.format.Format;
import io.atalaya.bridge.settings.BridgeFile;
import io.atalaya.contracts.dispatch.DispatchMessage;
import io.atalaya.testutils.GeneratedPage;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

/** What the document for integrators shows is what the bridge sends and reads. */
class SamplesTest {
    private static final Path DOCS = Path.of("../../docs");

    /** The one of the specification's example. */
    private static final String SECRET = "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw";

    private static final long SENT_AT = 1_783_684_800_000L;
    private static final String ID = "msg_5b0d0c1f6b1e4a0f9d1c7a52f7a3e6d1";

    private static final QueuedMessage MESSAGE =
            DispatchRecords.queued(
                    new DispatchMessage(
                            DispatchMessage.Purpose.ASSIGN,
                            1,
                            null,
                            DispatchRecords.incident("f13f9a6286dea530", SENT_AT, 85, List.of())));

    @TempDir private Path directory;

    @Test
    void theSamplesAreWhatIsSent() throws IOException {
        sample("incident.eido.json", new EidoFormat("c5.example"));
        sample("incident.cap.xml", new CapFormat("c5.example", Duration.ofHours(24)));
        String body = sample("incident.cloudevent.json", new CloudEventFormat());
        SigningKeys keys = SigningKeys.read(Files.writeString(secret(), SECRET));
        page("incident.cloudevent.headers")
                .says(
                        """
                        secret: %s
                        content-type: application/cloudevents+json
                        webhook-id: %s
                        webhook-timestamp: %d
                        webhook-signature: %s
                        """
                                .formatted(
                                        SECRET,
                                        ID,
                                        SENT_AT / 1000,
                                        keys.sign(ID, SENT_AT / 1000, body.getBytes(UTF_8))));
    }

    private static String sample(String name, Format format) throws IOException {
        String body = new String(format.body(MESSAGE), UTF_8);
        page(name).says(body);
        return body;
    }

    private static GeneratedPage page(String name) {
        return new GeneratedPage(
                DOCS.resolve("samples").resolve(name), "jobs/bridge", SamplesTest.class);
    }

    @Test
    void theSettingsOfTheDocumentCanBeRead() throws Exception {
        Matcher yaml =
                Pattern.compile("```yaml\n(.*?)```", Pattern.DOTALL)
                        .matcher(Files.readString(DOCS.resolve("integration.md")));
        assertThat(yaml.find()).isTrue();
        Files.writeString(secret(), SECRET);
        Path file = directory.resolve("bridge.yaml");
        Files.writeString(file, yaml.group(1).stripIndent());

        assertThat(BridgeFile.read(file).destinations()).hasSize(1);
    }

    private Path secret() {
        return directory.resolve("cad-toluca.secret");
    }
}
