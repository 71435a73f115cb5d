package io.atalaya.lab.demo;

import io.atalaya.contracts.dispatch.Decision;
import io.atalaya.contracts.dispatch.DispatchMessage;
import io.atalaya.contracts.dispatch.Incident;
import io.atalaya.contracts.text.Text;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import java.time.ZoneOffset;
import java.util.List;

import static org.assertj.core.api.Assertions.assertThat;

class IncidentPrinterTest {
    static final long TIME = 1_772_539_200_000L;

    @ParameterizedTest
    @CsvSource({
        "ES, INCIDENTE, 'Botón de auxilio → TOLUCA  [bajo reserva, sólo A, B]', historia, abierto,"
                + " asignado, escalado",
        "EN, INCIDENT, 'Panic button → TOLUCA  [covert, only A, B]', story, opened, assigned,"
                + " escalated"
    })
    void printsAnIncidentWithItsStoryInWhateverOrderTheTopicsAreRead(
            Language language,
            String title,
            String headline,
            String story,
            String opened,
            String routed,
            String change) {
        IncidentPrinter printer = new IncidentPrinter(language, AnsiColor.PLAIN, ZoneOffset.UTC);

        assertThat(printer.onMessage("TOLUCA", message())).isNull();
        assertThat(printer.onDecision(decision(Decision.Kind.ROUTED, "jurisdiction"))).isNull();
        String whole = printer.onDecision(decision(Decision.Kind.OPENED, "first-evidence"));
        assertThat(whole)
                .contains("12:00:00 " + title, headline, "#0123abcd", "85")
                .containsSubsequence(
                        story,
                        "12:00:00 " + opened + ": why first-evidence (",
                        "12:00:00 " + routed + ": why jurisdiction (");
        assertThat(printer.onMessage("TOLUCA", message())).as("shown once").isNull();
        assertThat(printer.onDecision(decision(Decision.Kind.ESCALATED, "unanswered")))
                .startsWith("12:00:00   └ " + change)
                .endsWith("(#0123abcd)");
    }

    static DispatchMessage message() {
        Text.Translation headline = new Text.Translation("Botón de auxilio", "Panic button");
        return new DispatchMessage(
                DispatchMessage.Purpose.ASSIGN,
                0,
                null,
                new Incident(
                        "0123abcdef",
                        TIME,
                        Incident.Kind.PLACE,
                        "panic-button",
                        null,
                        Incident.Status.OPEN,
                        TIME,
                        TIME,
                        null,
                        null,
                        List.of(),
                        null,
                        "TOLUCA",
                        null,
                        List.of(),
                        85,
                        List.of(),
                        headline,
                        List.of(new Incident.Event("E", "device-events", "PRESS", TIME, headline)),
                        List.of(),
                        List.of(),
                        List.of(),
                        null,
                        null,
                        true,
                        List.of("A", "B")));
    }

    private static Decision decision(Decision.Kind kind, String reason) {
        return new Decision(
                "D" + kind,
                TIME,
                "0123abcdef",
                null,
                null,
                kind,
                reason,
                new Text.Translation("why " + reason, "why " + reason),
                "V",
                List.of(new Decision.Detail("site", "TOLUCA")));
    }
}
