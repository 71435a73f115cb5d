package io.atalaya.lab.demo;

import io.atalaya.bridge.receiver.Receiver.Received;
import io.atalaya.contracts.dispatch.DispatchMessage;
import io.atalaya.contracts.dispatch.Incident;

import java.time.ZoneId;

/** Prints what a dispatch system received, and what it found out about it. */
final class ReceivedPrinter {
    private final Language language;
    private final AnsiColor color;
    private final ZoneId zone;

    ReceivedPrinter(Language language, AnsiColor color, ZoneId zone) {
        this.language = language;
        this.color = color;
        this.zone = zone;
    }

    String text(String system, Received received, long now) {
        String head =
                "%s %s %s  "
                        .formatted(
                                Screen.clock(now, zone),
                                color.alarm(language.of("RECIBIDO", "RECEIVED")),
                                system);
        if (received.message() == null) {
            return head
                    + finding(received)
                    + (received.reason() == null ? "" : ": " + received.reason());
        }
        Incident incident = received.message().incident();
        String title =
                incident.headline() == null
                        ? incident.type()
                        : language.of(incident.headline().es(), incident.headline().en());
        return head
                + "%s  %s  %s%n  %s"
                        .formatted(
                                received.message().purpose(),
                                color.strong(title),
                                Screen.shortId(incident.incidentId()),
                                color.faint(
                                        language.format(
                                                "%s; prioridad %d, %s, revisión %d%s",
                                                "%s; priority %d, %s, revision %d%s",
                                                finding(received),
                                                incident.priority(),
                                                incident.status(),
                                                incident.revision(),
                                                delay(received.message(), now))));
    }

    /** Of what comes with its revision; a reminder or a refusal comes at any time after it. */
    private String delay(DispatchMessage message, long now) {
        boolean isOfRevision =
                switch (message.purpose()) {
                    case ASSIGN, RETRACTION, DIGEST -> true;
                    case UPDATE -> message.reason() == null;
                    case REMINDER, WITHDRAWN -> false;
                };
        return isOfRevision
                ? language.format(
                        "; %d ms después de la decisión",
                        "; %d ms after the decision", now - message.incident().revision())
                : "";
    }

    private String finding(Received received) {
        return switch (received.finding()) {
            case NEW -> language.of("firma correcta, nuevo", "signature right, new");
            case REPEATED -> language.of("firma correcta, repetido", "signature right, repeated");
            case OLDER ->
                    language.of(
                            "firma correcta, versión anterior", "signature right, older revision");
            case EXPIRED -> language.of("firma correcta, vencido", "signature right, expired");
            case FORGED -> language.of("firma falsa", "signature wrong");
            case UNREADABLE -> language.of("ilegible", "unreadable");
            case REFUSED -> language.of("no se tomó", "refused");
        };
    }
}
