package io.atalaya.bridge;

import io.atalaya.bridge.delivery.Sender;
import io.atalaya.bridge.settings.BridgeFile;
import io.atalaya.bridge.settings.BridgeFile.InvalidBridgeFileException;
import io.atalaya.bridge.settings.BridgeSettings.Destination;
import io.atalaya.commandline.BrokerOptions;
import io.atalaya.commandline.ExitCode;
import io.atalaya.commandline.MetricsOption;
import io.atalaya.commandline.MissingTopics;
import io.atalaya.contracts.topic.Account;

import io.prometheus.metrics.model.registry.PrometheusRegistry;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;

/** {@code scripts/bridge}: delivers incidents to other systems until it is stopped. */
@Command(
        name = "bridge",
        sortOptions = false,
        description = {
            "Delivers the queues of the sites to dispatch systems of others, by webhook or AMQP 1.0.",
            "docs/integration.md describes the file. A secret is read again when its file changes.",
        },
        exitCodeList = {
            "0:stopped, or with --check: no fault",
            "1:ended by an error of Java or of this program",
            "2:wrong arguments, a fault in the file, or no broker",
        })
public final class BridgeCommand implements Callable<Integer> {
    @Spec private CommandSpec spec;

    @Parameters(paramLabel = "FILE", description = "The destinations, a YAML file.")
    private Path file;

    @Option(
            names = "--check",
            description = "Report all faults of the file and of what it names, and exit.")
    private boolean checks;

    @Mixin private BrokerOptions broker;

    @Mixin private MetricsOption metrics;

    @Override
    public Integer call() {
        Map<Destination, Sender> senders;
        try {
            senders = RunningBridge.senders(BridgeFile.read(file));
        } catch (InvalidBridgeFileException e) {
            spec.commandLine().getErr().println(e.getMessage());
            return ExitCode.NOTHING_DONE;
        }
        if (checks) {
            senders.values().forEach(Sender::close);
            spec.commandLine().getOut().println("No fault: " + senders.size() + " destinations.");
            return ExitCode.OK;
        }
        return broker.run(client -> deliver(client, senders));
    }

    private int deliver(Map<String, Object> client, Map<Destination, Sender> senders)
            throws InterruptedException {
        CountDownLatch stop = new CountDownLatch(1);
        CountDownLatch stopped = new CountDownLatch(1);
        PrometheusRegistry registry = new PrometheusRegistry();
        metrics.serve(registry);
        MissingTopics.create(client, Account.BRIDGE);
        try {
            RunningBridge bridge = RunningBridge.start(client, senders, registry);
            // Not before: the exit of a start that fails would wait for it without end.
            Runtime.getRuntime()
                    .addShutdownHook(new Thread(() -> stop(stop, stopped), "bridge-stop"));
            spec.commandLine().getOut().println("Delivering to " + names(senders) + ".");
            stop.await();
            bridge.close();
        } finally {
            stopped.countDown();
        }
        return ExitCode.OK;
    }

    private static void stop(CountDownLatch stop, CountDownLatch stopped) {
        stop.countDown();
        try {
            stopped.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private static List<String> names(Map<Destination, Sender> senders) {
        return senders.keySet().stream().map(Destination::name).sorted().toList();
    }
}
