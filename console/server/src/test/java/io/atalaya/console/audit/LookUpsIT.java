package io.atalaya.console.audit;

import io.atalaya.console.TestBroker;
import io.atalaya.console.connection.Broker;
import io.atalaya.console.connection.Database;
import io.atalaya.console.connection.Settings;
import io.atalaya.console.item.ItemsTest;
import io.atalaya.console.security.Role;
import io.atalaya.console.security.Viewer;
import io.atalaya.contracts.audit.LookUp;
import io.atalaya.contracts.topic.Topics;

import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.datasource.DataSourceTransactionManager;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.atomic.AtomicLong;

import static org.assertj.core.api.Assertions.assertThat;

/** What cannot be written to topic look-ups holds back nothing that can. */
@Tag("attack")
class LookUpsIT {
    private static final Viewer ANA = ItemsTest.viewer("ana", Role.DISPATCHER);

    @TempDir static Path directory;

    @Test
    void setsAsideWhatTheTopicCannotHold() throws Exception {
        try (TestBroker kafka = new TestBroker(directory.resolve("kafka"), 0)) {
            Settings settings =
                    new Settings(
                            Map.of("bootstrap.servers", kafka.address()),
                            null,
                            directory.resolve("data"),
                            null,
                            null,
                            null,
                            Map.of(),
                            Set.of());
            try (Database database = new Database(settings);
                    Broker broker = new Broker(settings)) {
                JdbcClient jdbc = JdbcClient.create(database.source());
                Audit audit = new Audit(jdbc);
                AtomicLong setAside = new AtomicLong();
                DataSourceTransactionManager transactions =
                        new DataSourceTransactionManager(database.source());
                LookUps lookUps = new LookUps(jdbc, audit, broker, transactions, setAside::set);
                audit.write(actor("TOLUCA-01"), "OPEN", "first", null, null);
                audit.write(actor("\u00a0"), "OPEN", "faulty", null, null);
                jdbc.sql("UPDATE lookup_audit SET record = '{' WHERE id = 1").update();
                audit.write(actor("TOLUCA-02"), "OPEN", "last", null, null);

                lookUps.sendDue();

                List<LookUp> sent = sent(kafka.address());
                assertThat(sent)
                        .extracting(LookUp::kind)
                        .containsExactly(LookUps.SET_ASIDE, LookUps.SET_ASIDE, "detail");
                assertThat(sent)
                        .extracting(LookUp::recordHash)
                        .isEqualTo(
                                jdbc.sql("SELECT hash FROM lookup_audit ORDER BY id")
                                        .query(String.class)
                                        .list());
                assertThat(sent.get(2).position()).isEqualTo("TOLUCA-02");
                assertThat(
                                jdbc.sql("SELECT field FROM look_up_set_aside ORDER BY id")
                                        .query(String.class)
                                        .list())
                        .containsExactly("record", "position");
                assertThat(setAside).hasValue(2);
                // A console that starts again knows of them, and sends nothing twice.
                AtomicLong later = new AtomicLong();
                new LookUps(jdbc, audit, broker, transactions, later::set).sendDue();
                assertThat(later).hasValue(2);
                assertThat(sent(kafka.address())).hasSize(3);
            }
        }
    }

    private static Audit.Actor actor(String position) {
        return new Audit.Actor(ANA, "TOLUCA", position);
    }

    private static List<LookUp> sent(String address) throws Exception {
        List<LookUp> sent = new ArrayList<>();
        for (ConsumerRecord<String, byte[]> each : TestBroker.records(address, Topics.LOOK_UPS)) {
            sent.add(LookUp.CODEC.read(each.value()));
        }
        return sent;
    }
}
