package io.atalaya.ops.cluster;

import io.atalaya.embedded.EmbeddedKafka;

import java.nio.file.Path;

/** A Kafka broker in a process of its own, whose log outlives it. */
final class BrokerProcess {
    private BrokerProcess() {}

    /**
     * Runs until the process is told to stop.
     *
     * @param args directory of the log, port, port of the controller
     */
    public static void main(String[] args) {
        EmbeddedKafka kafka =
                EmbeddedKafka.startIn(
                        Path.of(args[0]), Integer.parseInt(args[1]), Integer.parseInt(args[2]));
        Runtime.getRuntime().addShutdownHook(new Thread(kafka::close, "stop-broker"));
        kafka.awaitStop();
    }
}
