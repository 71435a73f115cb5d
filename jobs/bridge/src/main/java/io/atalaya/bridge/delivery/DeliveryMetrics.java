package io.atalaya.bridge.delivery;

import io.atalaya.contracts.dispatch.Delivery;

import io.prometheus.metrics.core.metrics.Counter;
import io.prometheus.metrics.core.metrics.Gauge;
import io.prometheus.metrics.core.metrics.GaugeWithCallback;
import io.prometheus.metrics.core.metrics.Histogram;
import io.prometheus.metrics.model.registry.PrometheusRegistry;
import io.prometheus.metrics.model.snapshots.Unit;

import java.time.Clock;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/** The metrics of all destinations. No label names an incident. */
public final class DeliveryMetrics {
    private static final String DESTINATION = "destination";

    private final Counter results;
    private final Counter failures;
    private final Gauge waiting;
    private final Gauge unaudited;
    private final Gauge unread;
    private final Gauge isOpen;
    private final Gauge hasEnded;
    private final Histogram latency;

    /** By destination, the time of the oldest message without an outcome. */
    private final Map<String, Long> oldest = new ConcurrentHashMap<>();

    public DeliveryMetrics(PrometheusRegistry registry, Clock clock) {
        results =
                Counter.builder()
                        .name("atalaya_bridge_results")
                        .help(
                                "Messages that the destination may receive with an outcome, by the result in topic deliveries.")
                        .labelNames(DESTINATION, "result")
                        .register(registry);
        failures =
                Counter.builder()
                        .name("atalaya_bridge_failed_attempts")
                        .help("Attempts that are made again: 408, 429, 5xx, no answer.")
                        .labelNames(DESTINATION)
                        .register(registry);
        waiting =
                gauge(registry, "atalaya_bridge_waiting_messages", "Messages without an outcome.");
        unaudited =
                gauge(
                        registry,
                        "atalaya_bridge_unaudited_messages",
                        "Messages that wait because they are not in the audit yet.");
        unread =
                gauge(
                        registry,
                        "atalaya_bridge_unread_records",
                        "Records of the queue that are still to be read.");
        isOpen =
                gauge(
                        registry,
                        "atalaya_bridge_breaker_open",
                        "1 while only probes are sent, because the destination fails or rejects.");
        hasEnded =
                gauge(
                        registry,
                        "atalaya_bridge_ended",
                        "1 once the destination has answered 410 and is sent nothing more.");
        GaugeWithCallback.builder()
                .name("atalaya_bridge_oldest_waiting_seconds")
                .help("Age of the oldest message without an outcome, 0 if there is none.")
                .unit(Unit.SECONDS)
                .labelNames(DESTINATION)
                .callback(
                        callback ->
                                oldest.forEach(
                                        (destination, time) ->
                                                callback.call(
                                                        Unit.millisToSeconds(
                                                                Math.max(0, clock.millis() - time)),
                                                        destination)))
                .register(registry);
        latency =
                Histogram.builder()
                        .name("atalaya_bridge_latency_seconds")
                        .help("From a message's time to the answer that it is taken.")
                        .unit(Unit.SECONDS)
                        .labelNames(DESTINATION)
                        .classicOnly()
                        .classicUpperBounds(0.1, 0.2, 0.5, 1, 2, 5, 10, 30, 60, 300, 1800, 7200)
                        .register(registry);
    }

    private static Gauge gauge(PrometheusRegistry registry, String name, String help) {
        return Gauge.builder().name(name).help(help).labelNames(DESTINATION).register(registry);
    }

    /** The metrics of one destination, all at 0. */
    Destination of(String name) {
        return new Destination(name);
    }

    /** What one destination reports. */
    final class Destination {
        private final String name;

        private Destination(String name) {
            this.name = name;
            unaudited.initLabelValues(name);
            for (Delivery.Result each : Delivery.Result.values()) {
                results.initLabelValues(name, each.name());
            }
            failures.initLabelValues(name);
            latency.initLabelValues(name);
            oldest.put(name, Long.MAX_VALUE);
            waiting.initLabelValues(name);
            unread.initLabelValues(name);
            isOpen.initLabelValues(name);
            hasEnded.initLabelValues(name);
        }

        void resolved(Delivery.Result result) {
            results.labelValues(name, result.name()).inc();
        }

        void failed() {
            failures.labelValues(name).inc();
        }

        void taken(long millis) {
            latency.labelValues(name).observe(Unit.millisToSeconds(Math.max(0, millis)));
        }

        /**
         * @param stillToRead records of the queue that are not in the backlog yet
         */
        void backlog(Backlog backlog, long stillToRead) {
            oldest.put(name, backlog.oldest());
            waiting.labelValues(name).set(backlog.size());
            unaudited.labelValues(name).set(backlog.unaudited());
            unread.labelValues(name).set(stillToRead);
            isOpen.labelValues(name).set(backlog.isOpen() ? 1 : 0);
            hasEnded.labelValues(name).set(backlog.end() == null ? 0 : 1);
        }
    }
}
