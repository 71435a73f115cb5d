package io.atalaya.testutils;

import io.prometheus.metrics.exporter.httpserver.HTTPServer;
import io.prometheus.metrics.model.registry.PrometheusRegistry;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Writes the page of a process without Flink from what Prometheus gets of its metrics. */
public final class MetricsPage {
    private static final Pattern METRIC =
            Pattern.compile(
                    "^# HELP (\\S+) (.+)\n# TYPE \\S+ (\\S+)\n((?:[^#].*\n)+)", Pattern.MULTILINE);

    private static final Pattern LABEL = Pattern.compile("[{,]([a-z]+)=");

    private MetricsPage() {}

    /**
     * The page for the metrics of a registry.
     *
     * @param process as a heading and a sentence name it
     * @param example the options of its script that serve the metrics
     */
    public static String of(String process, String example, PrometheusRegistry registry)
            throws IOException, InterruptedException {
        StringBuilder page =
                new StringBuilder(
                        """
                        # Metrics of the %1$s

                        Generated from the code; edit the declaration, not this page. `%2$s` serves them on
                        `http://HOST:PORT/metrics` for Prometheus. A counter starts at 0 with each start of the process.
                        A histogram has `_bucket`, `_count` and `_sum`.

                        | Name | Kind | Labels | Meaning |
                        |---|---|---|---|
                        """
                                .formatted(process, example));
        for (Matcher each = METRIC.matcher(scrape(registry)); each.find(); ) {
            TreeSet<String> labels = new TreeSet<>();
            LABEL.matcher(each.group(4)).results().forEach(label -> labels.add(label.group(1)));
            labels.remove("le");
            page.append(
                    "| `%s` | %s | %s | %s |\n"
                            .formatted(
                                    each.group(1),
                                    each.group(3),
                                    String.join(", ", labels),
                                    each.group(2)));
        }
        return page.toString();
    }

    private static String scrape(PrometheusRegistry registry)
            throws IOException, InterruptedException {
        try (HTTPServer server = HTTPServer.builder().port(0).registry(registry).buildAndStart()) {
            URI uri = URI.create("http://localhost:" + server.getPort() + "/metrics");
            return HttpClient.newHttpClient()
                    .send(HttpRequest.newBuilder(uri).build(), BodyHandlers.ofString())
                    .body();
        }
    }
}
