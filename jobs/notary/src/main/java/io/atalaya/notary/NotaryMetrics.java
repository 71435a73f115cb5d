package io.atalaya.notary;

import io.prometheus.metrics.core.metrics.Counter;
import io.prometheus.metrics.core.metrics.Gauge;
import io.prometheus.metrics.core.metrics.GaugeWithCallback;
import io.prometheus.metrics.model.registry.PrometheusRegistry;
import io.prometheus.metrics.model.snapshots.Unit;

import java.time.Clock;

/** The metrics of a notary. */
public final class NotaryMetrics {
    final Counter records;
    final Counter unreadable;
    final Counter transactions;
    final Counter failedCopies;
    final Gauge isAtWork;
    final Gauge unread;

    private final Clock clock;

    /** When the last heads were signed, or the start of the process. */
    private volatile long signedAt;

    public NotaryMetrics(PrometheusRegistry registry, Clock clock) {
        this.clock = clock;
        signed();
        records =
                Counter.builder()
                        .name("atalaya_notary_records")
                        .help("Records written to the audit.")
                        .register(registry);
        unreadable =
                Counter.builder()
                        .name("atalaya_notary_unreadable_records")
                        .help("Messages that are none of their topic; the audit has their hash.")
                        .register(registry);
        transactions =
                Counter.builder()
                        .name("atalaya_notary_transactions")
                        .help("Transactions that were committed.")
                        .register(registry);
        failedCopies =
                Counter.builder()
                        .name("atalaya_notary_failed_copies")
                        .help("Signed heads of which the other site has no copy.")
                        .register(registry);
        isAtWork =
                Gauge.builder()
                        .name("atalaya_notary_at_work")
                        .help("1 while it records, 0 while it stands by for another.")
                        .register(registry);
        unread =
                Gauge.builder()
                        .name("atalaya_notary_unread_records")
                        .help("Messages that were sent and are still to be recorded.")
                        .register(registry);
        GaugeWithCallback.builder()
                .name("atalaya_notary_heads_age_seconds")
                .help("Since the last heads were signed, or since the start of the process.")
                .unit(Unit.SECONDS)
                .callback(
                        callback -> callback.call(Unit.millisToSeconds(clock.millis() - signedAt)))
                .register(registry);
    }

    /** Heads have just been signed and written. */
    void signed() {
        signedAt = clock.millis();
    }
}
