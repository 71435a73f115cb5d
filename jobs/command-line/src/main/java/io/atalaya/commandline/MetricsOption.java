package io.atalaya.commandline;

import io.prometheus.metrics.exporter.httpserver.HTTPServer;
import io.prometheus.metrics.model.registry.PrometheusRegistry;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

import java.io.IOException;

/** The option of a process without Flink for its metrics, as Flink's reporter serves a job's. */
public final class MetricsOption {
    @Spec(Spec.Target.MIXEE)
    private CommandSpec spec;

    @Option(
            names = "--metrics-port",
            paramLabel = "PORT",
            description =
                    "Serve metrics for Prometheus on this port, of every address (default: none).")
    private Integer port;

    /** Serves the metrics until the process ends, where a port is given. */
    public void serve(PrometheusRegistry registry) {
        if (port == null) {
            return;
        }
        try {
            HTTPServer.builder().port(port).registry(registry).buildAndStart();
        } catch (IOException | IllegalArgumentException e) {
            throw new ParameterException(
                    spec.commandLine(),
                    "--metrics-port: got " + port + ", expected a free port: " + e.getMessage(),
                    e);
        }
    }
}
