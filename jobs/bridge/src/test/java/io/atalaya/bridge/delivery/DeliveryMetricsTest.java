package io.atalaya.bridge.delivery;

import io.atalaya.contracts.dispatch.Delivery;
import io.atalaya.testutils.GeneratedPage;
import io.atalaya.testutils.MetricsPage;

import io.prometheus.metrics.expositionformats.PrometheusTextFormatWriter;
import io.prometheus.metrics.model.registry.PrometheusRegistry;
import org.junit.jupiter.api.Test;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

class DeliveryMetricsTest {
    private static final long NOW = 1_000_000;

    private final PrometheusRegistry registry = new PrometheusRegistry();
    private final DeliveryMetrics.Destination metrics =
            new DeliveryMetrics(registry, Clock.fixed(Instant.ofEpochMilli(NOW), ZoneOffset.UTC))
                    .of("cad");

    @Test
    void thePageHasEachMetricThatPrometheusGets() throws Exception {
        new GeneratedPage(Path.of("METRICS.md"), "jobs/bridge", getClass())
                .says(
                        MetricsPage.of(
                                "bridge", "scripts/bridge FILE --metrics-port PORT …", registry));
    }

    @Test
    void showsWhatWaitsAndForHowLong() throws Exception {
        Backlog backlog = new Backlog(new Backlog.Limits(1, 1 << 20, Duration.ofHours(1), false));
        metrics.backlog(backlog, 0);
        assertThat(scrape()).contains("oldest_waiting_seconds{destination=\"cad\"} 0.0");
        backlog.add(QueuedMessages.message(0, "a", 1, 50, NOW - 7_000));
        backlog.add(QueuedMessages.message(1, "b", 1, 90, NOW - 3_000));
        assertThat(backlog.next(NOW).incidentId()).isEqualTo("b");
        metrics.backlog(backlog, 3);
        metrics.failed();
        metrics.resolved(Delivery.Result.SKIPPED);
        metrics.taken(700);

        assertThat(scrape())
                .contains(
                        "oldest_waiting_seconds{destination=\"cad\"} 7.0",
                        "waiting_messages{destination=\"cad\"} 2.0",
                        "unread_records{destination=\"cad\"} 3.0",
                        "breaker_open{destination=\"cad\"} 0.0",
                        "failed_attempts_total{destination=\"cad\"} 1.0",
                        "results_total{destination=\"cad\",result=\"SKIPPED\"} 1.0",
                        "results_total{destination=\"cad\",result=\"EXPIRED\"} 0.0",
                        "latency_seconds_bucket{destination=\"cad\",le=\"0.5\"} 0",
                        "latency_seconds_bucket{destination=\"cad\",le=\"1.0\"} 1");
    }

    private String scrape() throws IOException {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        PrometheusTextFormatWriter.create().write(out, registry.scrape());
        return out.toString(UTF_8);
    }
}
