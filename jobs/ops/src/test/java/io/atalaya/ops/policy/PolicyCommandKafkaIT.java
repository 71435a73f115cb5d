package io.atalaya.ops.policy;

import io.atalaya.contracts.dispatch.PolicyAnswer;
import io.atalaya.contracts.dispatch.PolicyRequest;
import io.atalaya.contracts.topic.Topics;
import io.atalaya.dispatch.policy.PolicyReader;
import io.atalaya.embedded.EmbeddedKafka;
import io.atalaya.ops.BesideClusters;
import io.atalaya.ops.Ops;
import io.atalaya.ops.SharedKafka;
import io.atalaya.ops.broker.TopicScan;
import io.atalaya.ops.broker.TopicWrite;

import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import picocli.CommandLine;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Stream;

import static org.assertj.core.api.Assertions.assertThat;

/** Runs the command as an operator does, on a real broker; the test writes the job's answer. */
@BesideClusters
class PolicyCommandKafkaIT {
    private static final Path POLICY = Path.of("../../policy");

    private static EmbeddedKafka kafka;

    private String out;
    private String err;

    @BeforeAll
    static void start() {
        kafka = SharedKafka.withTopics(1, Topics.POLICY_REQUESTS, Topics.POLICY_ANSWERS);
    }

    @Test
    void waitsForTheAnswerOfTheJob() throws Exception {
        assertThat(activate(PolicyAnswer.Answer.ACCEPTED, List.of())).as(err).isZero();
        assertThat(out).containsPattern("Requested as policy-0-\\d+\\.\\s+In force: \\S+\\.");
        PolicyRequest request = requests().get(requests().size() - 1);
        assertThat(request.files()).isEqualTo(PolicyReader.files(POLICY));
        assertThat(request.purpose()).isEqualTo("drill");

        assertThat(activate(PolicyAnswer.Answer.REJECTED, List.of("kinds.yaml:3: no", "more")))
                .isEqualTo(1);
        assertThat(err).containsSubsequence("the policy before stays", "kinds.yaml:3: no", "more");
    }

    @Test
    void saysThatNoAnswerCame() {
        assertThat(run("--wait", "1")).isEqualTo(3);
        assertThat(err).contains("No answer within 1 s");
    }

    /** Runs the command while a job answers the next request. */
    private int activate(PolicyAnswer.Answer answer, List<String> faults) throws Exception {
        int before = requests().size();
        CompletableFuture<Integer> code =
                CompletableFuture.supplyAsync(() -> run("--purpose", "drill"));
        while (requests().size() == before) {
            Thread.sleep(50);
        }
        PolicyAnswer given =
                new PolicyAnswer("V", answer, faults, "policy-0-" + before, 1_767_268_981_250L);
        TopicWrite.of(
                client(),
                Topics.POLICY_ANSWERS,
                PolicyRequest.KEY,
                // Only jobs write to this topic, but their answers count even after a foreign one.
                new byte[] {1});
        TopicWrite.of(
                client(),
                Topics.POLICY_ANSWERS,
                PolicyRequest.KEY,
                PolicyAnswer.CODEC.write(given));
        return code.get();
    }

    private static List<PolicyRequest> requests() {
        List<PolicyRequest> requests = new ArrayList<>();
        TopicScan.of(
                client(),
                Topics.POLICY_REQUESTS,
                record -> {
                    try {
                        requests.add(PolicyRequest.CODEC.read(record.value()));
                    } catch (Exception e) {
                        throw new AssertionError(e);
                    }
                });
        return requests;
    }

    private static Map<String, Object> client() {
        return Map.of("bootstrap.servers", kafka.bootstrapServers());
    }

    private int run(String... options) {
        StringWriter text = new StringWriter();
        StringWriter errors = new StringWriter();
        CommandLine line = Ops.commandLine();
        line.setOut(new PrintWriter(text));
        line.setErr(new PrintWriter(errors));
        int code =
                line.execute(
                        Stream.concat(
                                        Stream.of(
                                                "policy",
                                                "activate",
                                                POLICY.toString(),
                                                "--bootstrap-servers",
                                                kafka.bootstrapServers()),
                                        Stream.of(options))
                                .toArray(String[]::new));
        out = text.toString();
        err = errors.toString();
        return code;
    }
}
