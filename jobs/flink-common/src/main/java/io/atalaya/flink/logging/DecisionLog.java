package io.atalaya.flink.logging;

import io.atalaya.contracts.alert.Alert;
import io.atalaya.contracts.alert.CameraEvidence;
import io.atalaya.contracts.alert.Evidence;
import io.atalaya.contracts.alert.FaultEvidence;

import org.slf4j.Logger;

import java.util.Locale;
import java.util.function.Supplier;
import java.util.stream.Collectors;

/**
 * Logs each decision about an alert as one line at DEBUG. All operators use the same word order, so
 * that a search for an alertId shows the alert's whole course.
 */
public final class DecisionLog {
    private DecisionLog() {}

    /**
     * Logs a revision that the operator emits.
     *
     * @param cause the input or timer that led to the revision
     * @param reason why the alert changes, or null if the evidence says it
     */
    public static void emitted(Logger log, Alert alert, Supplier<String> cause, String reason) {
        if (log.isDebugEnabled()) {
            String decision =
                    switch (alert.status()) {
                        case NEW -> "opened";
                        case UPDATED -> "updated";
                        case CANCELLED -> "cancelled";
                        case ENDED -> "ended";
                    };
            log(log, alert, decision, cause, reason);
        }
    }

    /** Logs a decision that does not emit a revision, for example {@code suppressed}. */
    public static void decided(
            Logger log, Alert alert, String decision, Supplier<String> cause, String reason) {
        if (log.isDebugEnabled()) {
            log(log, alert, decision, cause, reason);
        }
    }

    private static void log(
            Logger log, Alert alert, String decision, Supplier<String> cause, String reason) {
        log.debug(
                "alert {} {}: type {}, revision {}, by {}, because {}{}",
                alert.alertId(),
                decision,
                alert.type().wireName(),
                alert.revision(),
                cause.get(),
                reason == null ? "" : reason + "; ",
                evidence(alert));
    }

    /** The numbers that decided; plates are left out, because the alertId leads to them. */
    private static String evidence(Alert alert) {
        Evidence evidence = alert.evidence();
        if (evidence instanceof CameraEvidence camera) {
            return camera.measures().stream()
                    .map(
                            each ->
                                    each.limit() == null
                                            ? format("%s %.4g", each.name(), each.value())
                                            : format(
                                                    "%s %.4g (limit %.4g)",
                                                    each.name(), each.value(), each.limit()))
                    .collect(Collectors.joining(", "));
        } else if (evidence instanceof FaultEvidence fault) {
            return fault.failures() + " failures of " + fault.operator() + ": " + fault.exception();
        }
        String score =
                format(
                        "%s with score %.3f",
                        alert.assessment().action(), alert.assessment().score());
        return evidence == null
                ? score
                : evidence.parts().stream()
                        .map(part -> format("%s %+.2f", part.name(), part.logOdds()))
                        .collect(Collectors.joining(", ", score + " = ", ""));
    }

    private static String format(String format, Object... arguments) {
        return String.format(Locale.ROOT, format, arguments);
    }
}
