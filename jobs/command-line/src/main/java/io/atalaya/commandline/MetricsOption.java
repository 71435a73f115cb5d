package io.atalaya.commandline;

import io.prometheus.metrics.exporter.httpserver.HTTPServer;
import io.prometheus.metrics.model.registry.PrometheusRegistry;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

import java.io.IOException;
import java.net.InetAddress;

/** The options of a process without Flink for its metrics, as Flink's reporter serves a job's. */
public final class MetricsOption {
    @Spec(Spec.Target.MIXEE)
    private CommandSpec spec;

    @Option(
            names = "--metrics-port",
            paramLabel = "PORT",
            description = "Serve metrics for Prometheus on this port (default: none).")
    private Integer port;

    @Option(
            names = "--metrics-address",
            paramLabel = "ADDRESS",
            defaultValue = "localhost",
            description =
                    "Where metrics are served (default: ${DEFAULT-VALUE}, to this machine alone).")
    private InetAddress address;

    /** Serves the metrics until the process ends, where a port is given. */
    public void serve(PrometheusRegistry registry) {
        if (port == null) {
            return;
        }
        try {
            HTTPServer.builder().inetAddress(address).port(port).registry(registry).buildAndStart();
        } catch (IOException | IllegalArgumentException e) {
            throw new ParameterException(
                    spec.commandLine(),
                    "--metrics-port, --metrics-address: got "
                            + port
                            + " of "
                            + address.getHostAddress()
                            + ", expected a free port of an address of this machine: "
                            + e.getMessage(),
                    e);
        }
    }
}
