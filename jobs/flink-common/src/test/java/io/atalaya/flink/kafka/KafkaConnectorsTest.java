package io.atalaya.flink.kafka;

import org.apache.flink.connector.kafka.sink.KafkaSink;
import org.junit.jupiter.api.Test;

import java.lang.reflect.Field;
import java.time.Duration;
import java.util.Properties;

import static org.assertj.core.api.Assertions.assertThat;

class KafkaConnectorsTest {
    /** The job counts on it: what the broker drops before a checkpoint commits it is lost. */
    @Test
    void aTransactionLastsAsLongAsTheSettingsSay() throws Exception {
        KafkaConnectors connectors =
                new KafkaConnectors(
                        new KafkaSettings(
                                "localhost:9092",
                                "group",
                                KafkaOptions.StartFrom.EARLIEST,
                                Duration.ofMillis(10),
                                KafkaOptions.Guarantee.EXACTLY_ONCE,
                                Duration.ofHours(3),
                                new Properties()));

        assertThat(producerConfig(connectors.sink("alerts")))
                .containsEntry("transaction.timeout.ms", "10800000");
    }

    private static Properties producerConfig(KafkaSink<?> sink) throws Exception {
        Field config = KafkaSink.class.getDeclaredField("kafkaProducerConfig");
        config.setAccessible(true);
        return (Properties) config.get(sink);
    }
}
