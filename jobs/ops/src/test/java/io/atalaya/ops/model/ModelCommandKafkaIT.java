package io.atalaya.ops.model;

import io.atalaya.contracts.model.ModelAnswer;
import io.atalaya.contracts.model.ModelControl;
import io.atalaya.contracts.topic.Topics;
import io.atalaya.embedded.EmbeddedKafka;
import io.atalaya.flink.kafka.ModelAnswerSerializationSchema;
import io.atalaya.ops.BesideClusters;
import io.atalaya.ops.Ops;
import io.atalaya.ops.SharedKafka;

import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

import static org.assertj.core.api.Assertions.assertThat;

/** Runs the command as an analyst does, on a real broker; the test writes the job's answer. */
@BesideClusters
class ModelCommandKafkaIT {
    private static final Path MODELS = Path.of("../../models");

    private static EmbeddedKafka kafka;

    @TempDir private Path directory;

    private String out;
    private String err;

    @BeforeAll
    static void start() {
        kafka = SharedKafka.withTopics(1, Topics.MODEL_CONTROL, Topics.MODEL_ANSWERS);
    }

    @Test
    void shadowThenActivateThenBack() throws Exception {
        assertThat(run("shadow", "trajectory", "2", "--purpose", "two weeks")).as(err).isZero();
        assertRequested("trajectory", null, "2");
        assertThat(run("list", "--models", MODELS.toString())).isZero();
        assertThat(out)
                .containsSubsequence(
                        "trajectory",
                        "active  the one of the job's settings",
                        "shadow  2",
                        ": two weeks",
                        "no response from the job",
                        "made scenes of 300 to 1500 tracks");

        assertThat(run("activate", "trajectory", "2")).isZero();
        assertRequested("trajectory", "2", null);
        answer("trajectory", true, "trajectory is served by 2");
        assertThat(run("list", "--models", MODELS.toString())).isZero();
        assertThat(out)
                .contains("  accepted: trajectory is served by 2")
                .doesNotContain("REJECTED");
        assertThat(run("shadow", "trajectory", "3")).isZero();
        assertThat(run("activate", "trajectory", "1")).isZero();
        assertRequested("trajectory", "1", "3");
        assertThat(run("stop-shadow", "trajectory")).isZero();
        assertRequested("trajectory", "1", null);
    }

    @Test
    void listsRejectedRequestsAndVersionsThatCannotBeServed() throws Exception {
        assertThat(run("activate", "scene-activity", "9")).isZero();
        answer("scene-activity", false, "active: got \"9\", expected a version");
        copy("scene-activity", "1", "1");
        Files.writeString(copy("scene-activity", "1", "9").resolve("model.onnx"), "broken");

        assertThat(run("list", "--models", directory.toString())).isEqualTo(1);
        assertThat(out)
                .containsSubsequence(
                        "scene-activity",
                        "active  the one of the job's settings",
                        "wanted  active 9, shadow none",
                        "REJECTED, and served as before: active: got \"9\", expected a version",
                        "  1       Standard profile",
                        "  9       CANNOT BE SERVED: ",
                        "its sha256 is ");

        assertThat(run("shadow", "scene-activity", "3")).isZero();
        assertRequested("scene-activity", null, "3");
        answer("scene-activity", false, "shadow: got \"3\", expected another");
        assertThat(run("activate", "scene-activity", "1")).isZero();
        assertRequested("scene-activity", "1", null);
        assertThat(run("list", "--models", directory.toString()))
                .as("of the last request")
                .isZero();
        assertThat(out).doesNotContain("REJECTED");
    }

    @Test
    void rejectsModelThatNoJobServes() {
        assertThat(run("activate", "trajectroy", "2")).isEqualTo(2);
        assertThat(err).contains("NAME: got trajectroy, expected one of [trajectory, scene");
        assertThat(run("shadow", "scene-activity", "../2")).isEqualTo(2);
        assertThat(err).contains("shadow: got \"../2\"");
        assertThat(run("list", "--models", "/nowhere")).isEqualTo(2);
        assertThat(err).contains("--models: got /nowhere");
    }

    private static void assertRequested(String model, String active, String shadow) {
        ModelControl control = last(model).control();
        assertThat(control.active()).isEqualTo(active);
        assertThat(control.shadow()).isEqualTo(shadow);
        assertThat(control.requestedBy()).isNotBlank();
    }

    private static ModelRequest last(String model) {
        List<ModelRequest> requests = topics().read().get(model);
        return requests.get(requests.size() - 1);
    }

    private static ModelTopics topics() {
        return new ModelTopics(Map.of("bootstrap.servers", kafka.bootstrapServers()));
    }

    /** Writes a job's answer to the last request for a model. */
    private static void answer(String model, boolean accepted, String reason) throws Exception {
        ModelRequest request = last(model);
        ModelAnswer answer =
                new ModelAnswer(
                        model,
                        request.control().active(),
                        request.control().shadow(),
                        accepted ? ModelAnswer.Answer.ACCEPTED : ModelAnswer.Answer.REJECTED,
                        reason,
                        request.position(),
                        System.currentTimeMillis());
        try (KafkaProducer<byte[], byte[]> producer =
                new KafkaProducer<>(
                        Map.of("bootstrap.servers", kafka.bootstrapServers()),
                        new ByteArraySerializer(),
                        new ByteArraySerializer())) {
            producer.send(
                    new ModelAnswerSerializationSchema(Topics.MODEL_ANSWERS)
                            .serialize(answer, null, null));
            // Only jobs write to this topic, but their answers count even after a foreign record.
            producer.send(new ProducerRecord<>(Topics.MODEL_ANSWERS, new byte[] {1}));
        }
    }

    private Path copy(String model, String version, String as) throws IOException {
        Path to = Files.createDirectories(directory.resolve(model).resolve(as));
        for (String file : List.of("manifest.json", "model.onnx")) {
            Files.copy(MODELS.resolve(model).resolve(version).resolve(file), to.resolve(file));
        }
        return to;
    }

    private int run(String... arguments) {
        StringWriter text = new StringWriter();
        StringWriter errors = new StringWriter();
        CommandLine line = Ops.commandLine();
        line.setOut(new PrintWriter(text));
        line.setErr(new PrintWriter(errors));
        List<String> all = new ArrayList<>(List.of("model"));
        all.addAll(List.of(arguments));
        all.addAll(List.of("--bootstrap-servers", kafka.bootstrapServers()));
        int code = line.execute(all.toArray(String[]::new));
        out = text.toString();
        err = errors.toString();
        return code;
    }
}
