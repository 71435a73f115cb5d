package io.atalaya.simulator.dispatch;

import io.atalaya.contracts.warning.PublicWarning;
import io.atalaya.contracts.warning.PublicWarning.Area;
import io.atalaya.contracts.warning.PublicWarning.Certainty;
import io.atalaya.contracts.warning.PublicWarning.Circle;
import io.atalaya.contracts.warning.PublicWarning.Info;
import io.atalaya.contracts.warning.PublicWarning.ResponseType;
import io.atalaya.contracts.warning.PublicWarning.Severity;
import io.atalaya.contracts.warning.PublicWarning.Status;
import io.atalaya.contracts.warning.PublicWarning.Urgency;
import io.atalaya.simulator.dispatch.SourceRecords.Occurrence;
import io.atalaya.simulator.dispatch.TrueIncident.Outcome;

import java.util.List;

/**
 * A drill and an earthquake, as the seismic warning system SASMEX sends them: the event and the
 * alert about it have the same identifier, and the alert expires after a minute.
 */
final class WarningScenarios {
    private static final String SENDER = "sasmex.net";
    private static final double DRILL_AT = 0.1;
    private static final double EARTHQUAKE_AT = 0.8;
    private static final long ALERT_AFTER_MS = 4_000;
    private static final long EXPIRES_AFTER_MS = 60_000;

    private final DispatchOptions options;
    private final SourceRecords records;

    WarningScenarios(DispatchOptions options, SourceRecords records) {
        this.options = options;
        this.records = records;
    }

    void add() {
        long drill = options.timeAt(DRILL_AT);
        records.warning("drill", 0, Outcome.FALSE_ALARM, drill)
                .warning(
                        warning("SIMULACRO" + drill / 1_000, drill, Status.EXERCISE, true),
                        drill + 800);
        long quake = options.timeAt(EARTHQUAKE_AT);
        Occurrence earthquake = records.warning("earthquake", 100, Outcome.REAL, quake);
        String identifier = "SASMEX" + quake / 1_000;
        PublicWarning event = warning(identifier, quake, Status.ACTUAL, false);
        earthquake.warning(event, quake + 800);
        PublicWarning alert = warning(identifier, quake + ALERT_AFTER_MS, Status.ACTUAL, true);
        earthquake.warning(alert, quake + ALERT_AFTER_MS + 800);
        // The polling of the feed delivers it again.
        earthquake.warning(alert, quake + ALERT_AFTER_MS + 5_800);
    }

    private static PublicWarning warning(
            String identifier, long sent, Status status, boolean isAlert) {
        String event = status == Status.EXERCISE ? "Simulacro de sismo" : "Sismo";
        return new PublicWarning(
                identifier,
                SENDER,
                sent,
                status,
                PublicWarning.MessageType.ALERT,
                PublicWarning.Scope.PUBLIC,
                null,
                null,
                null,
                status == Status.EXERCISE ? "Simulacro" : null,
                List.of(),
                List.of(
                        new Info(
                                "es-MX",
                                List.of(PublicWarning.Category.GEO),
                                event,
                                List.of(isAlert ? ResponseType.EXECUTE : ResponseType.MONITOR),
                                Urgency.IMMEDIATE,
                                isAlert ? Severity.SEVERE : Severity.UNKNOWN,
                                Certainty.OBSERVED,
                                List.of(),
                                sent,
                                null,
                                sent + EXPIRES_AFTER_MS,
                                "CIRES",
                                event,
                                null,
                                null,
                                null,
                                null,
                                List.of(),
                                List.of(
                                        new Area(
                                                "Costa de Guerrero",
                                                List.of(),
                                                List.of(new Circle(17.0, -100.0, 300)),
                                                List.of(),
                                                false)))),
                List.of());
    }
}
