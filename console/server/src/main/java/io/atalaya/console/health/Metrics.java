package io.atalaya.console.health;

import io.atalaya.console.map.Devices;
import io.atalaya.console.security.Viewer;

import com.sun.net.httpserver.HttpServer;
import org.springframework.boot.web.server.PortInUseException;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.Map;

/**
 * Serves the state for Prometheus, on a port of its own as notary and bridge do: nothing in it is
 * about a single item.
 */
public final class Metrics implements AutoCloseable {
    private static final double MS = 1_000;

    private final HttpServer server;

    /**
     * Begins to serve.
     *
     * @param address of this machine
     * @param port null: serves nothing
     */
    public Metrics(InetAddress address, Integer port, Health health) {
        if (port == null) {
            server = null;
            return;
        }
        try {
            server = HttpServer.create(new InetSocketAddress(address, port), 0);
        } catch (IOException e) {
            PortInUseException.throwIfPortBindingException(e, () -> port);
            throw new UncheckedIOException(
                    "--metrics-port, --metrics-address: got " + port + " of " + address, e);
        }
        server.createContext(
                "/metrics",
                exchange -> {
                    try (exchange) {
                        byte[] body =
                                text(health.now(Viewer.EVERYBODY)).getBytes(StandardCharsets.UTF_8);
                        exchange.getResponseHeaders()
                                .add("Content-Type", "text/plain; version=0.0.4; charset=utf-8");
                        exchange.sendResponseHeaders(200, body.length);
                        exchange.getResponseBody().write(body);
                    }
                });
        server.start();
    }

    /** Where it serves. */
    public int port() {
        return server.getAddress().getPort();
    }

    /** The state in the text format of Prometheus. */
    public static String text(Health.Now now) {
        StringBuilder text = new StringBuilder();
        gauge(
                text,
                "broker_age_seconds",
                "Since the broker has last answered, or its topics could be read, whichever is longer ago.");
        sample(text, "broker_age_seconds", "", now.broker().ageMs() / MS);
        gauge(text, "browsers", "Browsers that receive what changes.");
        sample(text, "browsers", "", now.stream().clients());
        about(text, "resyncs_total", "counter", "Times that a browser had to load all again.");
        sample(text, "resyncs_total", "", now.stream().resyncs());
        Health.Quantiles delays = now.stream().emissionToSendMs();
        if (delays != null) {
            gauge(text, "delay_seconds", "From the entry into the topic until sent to a browser.");
            sample(text, "delay_seconds", "quantile=\"0.5\"", delays.p50() / MS);
            sample(text, "delay_seconds", "quantile=\"0.99\"", delays.p99() / MS);
        }
        gauge(text, "unread_records", "Records of the topic that are still to be read.");
        now.topics().forEach(each -> ofTopic(text, "unread_records", each, each.lagRecords()));
        about(text, "unreadable_records_total", "counter", "Records that were left out.");
        now.topics()
                .forEach(
                        each -> ofTopic(text, "unreadable_records_total", each, each.unreadable()));
        gauge(text, "devices", "Devices, by kind and health.");
        for (Map.Entry<String, Health.Kinds> each : now.devices().byKind().entrySet()) {
            Health.Kinds of = each.getValue();
            ofKind(text, each.getKey(), Devices.State.OK, of.total() - of.silent() - of.fault());
            ofKind(text, each.getKey(), Devices.State.SILENT, of.silent());
            ofKind(text, each.getKey(), Devices.State.FAULT, of.fault());
        }
        gauge(text, "dead_letters", "Dead letters of the last day.");
        sample(text, "dead_letters", "", now.deadLetters().lastDay());
        gauge(
                text,
                "look_ups_set_aside",
                "Look-ups of which the signed audit has no more than the hash.");
        sample(text, "look_ups_set_aside", "", now.lookUpsSetAside());
        return text.toString();
    }

    private static void ofTopic(
            StringBuilder text, String name, Health.TopicState state, double value) {
        sample(text, name, "topic=\"" + state.topic() + "\"", value);
    }

    private static void ofKind(
            StringBuilder text, String kind, Devices.State health, double value) {
        sample(text, "devices", "kind=\"" + kind + "\",health=\"" + health + "\"", value);
    }

    private static void gauge(StringBuilder text, String name, String help) {
        about(text, name, "gauge", help);
    }

    private static void about(StringBuilder text, String name, String type, String help) {
        text.append(
                String.format(
                        "# HELP atalaya_console_%1$s %3$s\n# TYPE atalaya_console_%1$s %2$s\n",
                        name, type, help));
    }

    private static void sample(StringBuilder text, String name, String labels, double value) {
        text.append(
                String.format(
                        Locale.ROOT,
                        "atalaya_console_%s%s %s\n",
                        name,
                        labels.isEmpty() ? "" : "{" + labels + "}",
                        value));
    }

    @Override
    public void close() {
        if (server != null) {
            server.stop(0);
        }
    }
}
