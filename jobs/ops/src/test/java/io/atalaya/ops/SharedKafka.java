package io.atalaya.ops;

import io.atalaya.contracts.topic.Topics;
import io.atalaya.embedded.EmbeddedKafka;

import java.util.List;

/** One broker for the tests of commands, each of which uses its own topics. */
public final class SharedKafka {
    private static EmbeddedKafka kafka;

    private SharedKafka() {}

    /** Creates the topics; the broker runs until the JVM ends. */
    public static synchronized EmbeddedKafka withTopics(int partitions, String... topics) {
        if (kafka == null) {
            kafka = EmbeddedKafka.start();
            Runtime.getRuntime().addShutdownHook(new Thread(kafka::close, "stop-kafka"));
        }
        kafka.createTopics(Topics.named(List.of(topics)), partitions);
        return kafka;
    }
}
