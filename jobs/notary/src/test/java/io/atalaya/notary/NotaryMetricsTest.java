package io.atalaya.notary;

import io.atalaya.testutils.GeneratedPage;
import io.atalaya.testutils.MetricsPage;

import io.prometheus.metrics.model.registry.PrometheusRegistry;
import org.junit.jupiter.api.Test;

import java.nio.file.Path;
import java.time.Clock;

class NotaryMetricsTest {
    @Test
    void thePageHasEachMetricThatPrometheusGets() throws Exception {
        PrometheusRegistry registry = new PrometheusRegistry();
        new NotaryMetrics(registry, Clock.systemUTC());

        new GeneratedPage(Path.of("METRICS.md"), "jobs/notary", getClass())
                .says(MetricsPage.of("notary", "scripts/notary --metrics-port PORT …", registry));
    }
}
