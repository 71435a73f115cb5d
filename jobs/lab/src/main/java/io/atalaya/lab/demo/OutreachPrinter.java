package io.atalaya.lab.demo;

import io.atalaya.contracts.dispatch.Announcement;
import io.atalaya.contracts.dispatch.DroneTask;
import io.atalaya.contracts.dispatch.Wall;

import java.time.ZoneId;
import java.util.stream.Collectors;

/** Formats what follows from incidents for loudspeakers, walls and drones. */
final class OutreachPrinter {
    private final Language language;
    private final AnsiColor color;
    private final ZoneId zone;

    /** The last announcement, which is printed once for all loudspeakers. */
    private Announcement announced;

    private int loudspeakers;

    OutreachPrinter(Language language, AnsiColor color, ZoneId zone) {
        this.language = language;
        this.color = color;
        this.zone = zone;
    }

    /** What to print of the announcement before it, or null while it is the same. */
    String onAnnouncement(Announcement announcement) {
        boolean isSame =
                announced != null
                        && announced.incidentId().equals(announcement.incidentId())
                        && announced.revision() == announcement.revision()
                        && announced.purpose() == announcement.purpose();
        String before = isSame ? null : lastAnnouncement();
        announced = announcement;
        loudspeakers++;
        return before;
    }

    /** What to print of the last announcement, once no loudspeaker more has it; null if nothing. */
    String lastAnnouncement() {
        if (announced == null) {
            return null;
        }
        String what =
                switch (announced.purpose()) {
                    case PLAY -> language.of("suena en", "plays on");
                    case UPDATE -> language.of("sigue en", "goes on on");
                    case WITHDRAWN -> language.of("calla en", "stops on");
                };
        String text =
                head(
                        announced.revision(),
                        language.of("ALTAVOCES", "LOUDSPEAKERS"),
                        language.format(
                                "%s %d: %s",
                                "%s %d: %s", what, loudspeakers, color.strong(announced.text())),
                        announced.incidentId());
        announced = null;
        loudspeakers = 0;
        return text;
    }

    String onWall(Wall wall) {
        String panels =
                wall.panels().stream()
                        .map(
                                panel ->
                                        language.format(
                                                "%d: %s, a %.0f m%s de %s",
                                                "%d: %s, %.0f m%s from %s",
                                                panel.number(),
                                                panel.deviceId(),
                                                panel.distanceMetres(),
                                                panel.ahead()
                                                        ? language.of(" adelante", " ahead")
                                                        : "",
                                                Screen.shortId(panel.incidentId())))
                        .collect(Collectors.joining("; "));
        return "%s %s %s  %s"
                .formatted(
                        Screen.clock(wall.revision(), zone),
                        color.alarm(language.of("MURO", "WALL")),
                        color.strong(wall.site()),
                        panels.isEmpty()
                                ? language.of("nada que mostrar", "nothing to show")
                                : panels);
    }

    String onTask(DroneTask task) {
        String what =
                switch (task.status()) {
                    case PROPOSED -> language.of("propuesto", "proposed");
                    case ACCEPTED -> language.of("aceptado", "accepted");
                    case DECLINED -> language.of("rechazado", "declined");
                    case EXPIRED -> language.of("sin respuesta", "not answered");
                    case WITHDRAWN -> language.of("retirado", "withdrawn");
                    case ENDED -> language.of("terminó", "ended");
                };
        return head(
                task.revision(),
                language.of("DRON", "DRONE"),
                language.format(
                        "%s %s; a %.0f m, %d s de vuelo, al volver %d %% de batería%s",
                        "%s %s; %.0f m away, %d s of flight, %d %% of battery on return%s",
                        color.strong(task.droneId()),
                        what,
                        task.distanceMetres(),
                        task.flightSeconds(),
                        task.batteryPercent(),
                        task.reason() == null ? "" : " (" + task.reason() + ")"),
                task.incidentId());
    }

    private String head(long time, String title, String text, String incidentId) {
        return "%s %s %s  %s"
                .formatted(
                        Screen.clock(time, zone),
                        color.alarm(title),
                        text,
                        Screen.shortId(incidentId));
    }
}
