package io.atalaya.ops.disposition;

import io.atalaya.contracts.alert.Alert;
import io.atalaya.contracts.alert.AlertCodec;
import io.atalaya.contracts.alert.AlertType;
import io.atalaya.contracts.disposition.Disposition;
import io.atalaya.contracts.hotlist.HotlistEntry;
import io.atalaya.contracts.hotlist.MatchMode;
import io.atalaya.contracts.hotlist.Scope;
import io.atalaya.contracts.text.Text;
import io.atalaya.contracts.topic.Topics;
import io.atalaya.embedded.EmbeddedKafka;
import io.atalaya.ops.BesideClusters;
import io.atalaya.ops.Ops;
import io.atalaya.ops.SharedKafka;
import io.atalaya.ops.broker.TopicScan;

import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.StringSerializer;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import picocli.CommandLine;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

import static org.assertj.core.api.Assertions.assertThat;

/** Runs the command as a person does, on a real broker. */
@BesideClusters
class DispositionCommandKafkaIT {
    private static EmbeddedKafka kafka;

    private String err;

    @BeforeAll
    static void start() {
        kafka = SharedKafka.withTopics(3, Topics.ALERTS, Topics.DISPOSITIONS);
        try (KafkaProducer<String, byte[]> producer =
                new KafkaProducer<>(
                        Map.of("bootstrap.servers", kafka.bootstrapServers()),
                        new StringSerializer(),
                        new ByteArraySerializer())) {
            for (String alertId : List.of("8f874558aa", "8f874558bb", "c0ffee00cc", "c0ffee")) {
                producer.send(
                        new ProducerRecord<>(
                                Topics.ALERTS, alertId, AlertCodec.write(alert(alertId))));
            }
        }
    }

    @Test
    void saysOfTheAlertWhatDispatchFoundOut() throws Exception {
        assertThat(run("8f874558a", "--outcome", "WRONG_PLATE", "--operator", "ana")).isZero();
        assertThat(run("c0ffee", "--outcome", "CORRECT", "--purpose", "patrol 7")).isZero();

        List<Disposition> said = said();
        assertThat(said)
                .extracting(each -> each.alertId() + " " + each.outcome())
                .containsExactlyInAnyOrder("8f874558aa WRONG_PLATE", "c0ffee CORRECT");
        assertThat(said)
                .allSatisfy(
                        each -> {
                            assertThat(each.entryId()).isEqualTo("E-1");
                            assertThat(each.source()).isEqualTo("daily");
                            assertThat(each.deviceId()).isEqualTo("ARCO-7");
                            assertThat(each.operator()).isNotBlank();
                        });
    }

    @Test
    void anAlertMustBeTheOnlyOneThatIsMeant() {
        assertThat(run("8f874558", "--outcome", "CORRECT")).isEqualTo(2);
        assertThat(err).contains("ALERT_ID: got 8f874558, expected").contains("holds 2 such");
        assertThat(run("dead", "--outcome", "CORRECT")).isEqualTo(2);
        assertThat(err).contains("ALERT_ID: got dead, expected").contains("holds 0 such");
    }

    @Test
    void rejectsWrongArguments() {
        assertThat(run("c0ffee", "--outcome", "WRONG")).isEqualTo(2);
        assertThat(err).contains("WRONG_PLATE");
        assertThat(run("c0ffee", "--outcome", "CORRECT", "--operator", " ")).isEqualTo(2);
        assertThat(err).contains("--operator: got");
    }

    private static List<Disposition> said() throws Exception {
        List<ConsumerRecord<String, byte[]>> records = new ArrayList<>();
        TopicScan.of(
                Map.of("bootstrap.servers", kafka.bootstrapServers()),
                Topics.DISPOSITIONS,
                records::add);
        List<Disposition> said = new ArrayList<>();
        for (ConsumerRecord<String, byte[]> record : records) {
            Disposition disposition = Disposition.CODEC.read(record.value());
            assertThat(record.key()).isEqualTo(disposition.alertId());
            said.add(disposition);
        }
        return said;
    }

    private int run(String... arguments) {
        StringWriter errors = new StringWriter();
        CommandLine line = Ops.commandLine();
        line.setOut(new PrintWriter(new StringWriter()));
        line.setErr(new PrintWriter(errors));
        List<String> all = new ArrayList<>(List.of("disposition"));
        all.addAll(List.of(arguments));
        all.addAll(List.of("--bootstrap-servers", kafka.bootstrapServers()));
        int code = line.execute(all.toArray(String[]::new));
        err = errors.toString();
        return code;
    }

    private static Alert alert(String alertId) {
        HotlistEntry entry =
                new HotlistEntry(
                        "E-1",
                        "NKR4816",
                        null,
                        null,
                        null,
                        null,
                        "STOLEN_VEHICLE",
                        "C-1",
                        "FGJEM",
                        "daily",
                        80,
                        null,
                        null,
                        null,
                        Scope.EVERYWHERE,
                        MatchMode.FUZZY,
                        false,
                        List.of());
        return new Alert(
                new Alert.Identity(alertId, AlertType.HOTLIST_MATCH),
                new Alert.Emission(1, 1, 1),
                new Alert.Lifecycle(Alert.Status.NEW, 1, 1, null),
                Alert.Place.of("ARCO-7", null),
                new Alert.Subject("NKR4816", "E-1", List.of()),
                new Alert.Assessment(Alert.Action.ALERT, 0.9, 80, new Text.Translation("", "")),
                null,
                entry,
                Alert.Disclosure.EVERYONE);
    }
}
