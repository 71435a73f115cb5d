package io.atalaya.ops.cluster;

import io.atalaya.embedded.EmbeddedKafka;

import java.nio.file.Path;

/** A Kafka broker in its own process, with a persistent log directory. */
final class BrokerProcess {
    private BrokerProcess() {}

    /**
     * Runs until the process receives a stop signal.
     *
     * @param args log directory, port, controller port
     */
    public static void main(String[] args) {
        EmbeddedKafka kafka =
                EmbeddedKafka.startIn(
                        Path.of(args[0]), Integer.parseInt(args[1]), Integer.parseInt(args[2]));
        Runtime.getRuntime().addShutdownHook(new Thread(kafka::close, "stop-broker"));
        kafka.awaitStop();
    }
}
