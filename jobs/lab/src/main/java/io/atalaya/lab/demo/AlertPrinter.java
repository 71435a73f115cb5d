package io.atalaya.lab.demo;

import io.atalaya.contracts.alert.Alert;
import io.atalaya.contracts.alert.HotlistEvidence;
import io.atalaya.contracts.alert.HotlistEvidence.Comparison;
import io.atalaya.contracts.alert.HotlistEvidence.Read;
import io.atalaya.contracts.alert.HotlistEvidence.TrackRead;
import io.atalaya.contracts.alert.ScoreContribution;
import io.atalaya.contracts.device.Device;
import io.atalaya.contracts.hotlist.HotlistEntry;
import io.atalaya.contracts.plate.CanonicalPlate;
import io.atalaya.contracts.plate.MatchKind;
import io.atalaya.contracts.plate.PlateAlignment;

import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * Formats an alert for the console: headline, the plate as read above the plate as listed with the
 * differing characters marked, place, score with its reasons, and track. Times are in the device's
 * time zone.
 */
final class AlertPrinter {
    private static final int LABEL = 10;
    private static final int WIDTH = 100;
    private static final int TRACK = 4;

    private final Language language;
    private final AnsiColor color;
    private final CodeWords words;
    private final ZoneId fallbackZone;
    private final Map<String, Device> devices;
    private final AnomalyLines anomaly;

    /**
     * @param fallbackZone time zone of unknown devices and of devices without one
     * @param devices devices by id; may grow while alerts are printed
     */
    AlertPrinter(
            Language language, AnsiColor color, ZoneId fallbackZone, Map<String, Device> devices) {
        this.language = language;
        this.color = color;
        this.words = new CodeWords(language);
        this.fallbackZone = fallbackZone;
        this.devices = devices;
        this.anomaly =
                new AnomalyLines(language, (time, device) -> Screen.clock(time, zone(device)));
    }

    /** The whole alert, several lines. */
    String whole(Alert alert) {
        return whole(alert, alert.assessment().action());
    }

    /**
     * The whole alert, several lines.
     *
     * @param before the action with which it was last shown
     */
    String whole(Alert alert, Alert.Action before) {
        List<String> lines = new ArrayList<>();
        lines.add(title(alert) + was(alert, before));
        HotlistEvidence evidence = alert.hotlistEvidence();
        if (evidence != null) {
            comparison(alert, evidence, lines);
        } else {
            anomaly.of(alert.evidence())
                    .forEach(each -> lines.add(line(each.label(), each.text())));
        }
        lines.add(line(language.of("dónde", "where"), where(alert)));
        lines.addAll(score(alert));
        if (evidence != null && evidence.track().size() > 1) {
            lines.add(line(language.of("ruta", "track"), track(evidence.track())));
        }
        return String.join("\n", lines);
    }

    /** A change of an alert shown before, one line. */
    String change(Alert alert) {
        return change(alert, alert.assessment().action());
    }

    /**
     * A change of an alert shown before, one line.
     *
     * @param before the action with which it was last shown
     */
    String change(Alert alert, Alert.Action before) {
        String what =
                switch (alert.status()) {
                    case NEW -> language.of("nueva", "new");
                    case UPDATED -> language.of("actualizada", "updated");
                    case CANCELLED -> language.of("cancelada: no era", "cancelled: it was wrong");
                    case ENDED -> language.of("terminada", "ended");
                };
        StringBuilder text = new StringBuilder(Screen.clock(alert.causedAt(), zone(alert)));
        text.append("   └ ").append(what).append(was(alert, before));
        text.append("  ").append(plate(alert)).append(" @ ").append(device(alert));
        if (alert.status() == Alert.Status.UPDATED) {
            text.append(
                    language.format("  puntaje %.2f", "  score %.2f", alert.assessment().score()));
            HotlistEvidence evidence = alert.hotlistEvidence();
            if (evidence != null && evidence.count() > 1) {
                text.append(language.format(", %d pasos", ", %d passages", evidence.count()));
            }
        }
        text.append("  (").append(Screen.shortId(alert.alertId())).append(')');
        return color.faint(text.toString());
    }

    /** The previous action, if an open alert now has another one. */
    private String was(Alert alert, Alert.Action before) {
        if (before == alert.assessment().action() || alert.status() != Alert.Status.UPDATED) {
            return "";
        }
        return alert.assessment().action() == Alert.Action.ALERT
                ? language.of("  [era REVISAR, ahora ALERTA]", "  [was REVIEW, now ALERT]")
                : language.of("  [era ALERTA, ahora REVISAR]", "  [was ALERT, now REVIEW]");
    }

    private String title(Alert alert) {
        boolean interrupts = alert.assessment().action() == Alert.Action.ALERT;
        String action =
                interrupts
                        ? color.alarm(language.of("ALERTA", "ALERT "))
                        : color.notice(language.of("REVISAR", "REVIEW "));
        StringBuilder title = new StringBuilder();
        title.append(Screen.clock(alert.lifecycle().deviceTime(), zone(alert)))
                .append(' ')
                .append(action)
                .append(' ');
        title.append(color.strong(headline(alert)));
        if (alert.isRetrospective()) {
            title.append("  [").append(language.of("retrospectiva", "retrospective")).append(']');
        }
        if (alert.disclosure().isCovert()) {
            title.append(language.covert(alert.disclosure().notified()));
        }
        return title.append("  ").append(color.faint(Screen.shortId(alert.alertId()))).toString();
    }

    private String headline(Alert alert) {
        String headline =
                alert.assessment().headline() == null
                        ? null
                        : language.of(
                                alert.assessment().headline().es(),
                                alert.assessment().headline().en());
        return headline == null || headline.isBlank()
                ? alert.type().wireName() + " " + plate(alert)
                : headline;
    }

    /**
     * The plate as read above the plate as listed. If an alternative of the read matches, the read
     * itself is still shown and marked, because a person compares it with the image.
     */
    private void comparison(Alert alert, HotlistEvidence evidence, List<String> lines) {
        Comparison comparison = evidence.comparison();
        Read read = evidence.read();
        boolean byAlternative =
                comparison != null
                        && read != null
                        && !bare(comparison.read()).equals(CanonicalPlate.bare(read.plate()));
        Comparison shown = byAlternative ? ofTheRead(comparison, read) : comparison;
        String text = shown != null ? shown.read() : read == null ? "?" : read.plate();
        if (read != null) {
            text += language.format("   confianza %.2f", "   confidence %.2f", read.confidence());
        }
        lines.add(line(language.of("leída", "read"), text));
        HotlistEntry entry = alert.entry();
        String listed = shown != null ? shown.listed() : plate(alert);
        String reason = entry == null ? "" : "   " + reason(alert, entry);
        lines.add(line(language.of("listada", "listed"), listed + reason));
        if (shown != null && !shown.differs().isBlank()) {
            lines.add(line("", color.alarm(shown.differs().stripTrailing()) + lookAlikes(shown)));
        }
        if (byAlternative) {
            lines.add(
                    line(
                            language.of("también", "also"),
                            bare(comparison.read())
                                    + language.of(
                                            ", alternativa de la lectura",
                                            ", an alternative of the read")));
        }
    }

    /** The characters of a pattern cannot be aligned with those of a read. */
    private static Comparison ofTheRead(Comparison comparison, Read read) {
        if (comparison.differs().isEmpty()) {
            return new Comparison(
                    comparison.kind(), CanonicalPlate.bare(read.plate()), comparison.listed(), "");
        }
        PlateAlignment alignment = PlateAlignment.of(read.plate(), bare(comparison.listed()));
        return new Comparison(
                MatchKind.FUZZY.name(), alignment.read(), alignment.listed(), alignment.differs());
    }

    /** The score treats 1 as I and 0 as O, so such characters count as equal. */
    private String lookAlikes(Comparison comparison) {
        if (!comparison.kind().equals(MatchKind.EXACT.name())) {
            return "";
        }
        List<String> pairs = new ArrayList<>();
        for (int i = 0; i < comparison.differs().length(); i++) {
            if (comparison.differs().charAt(i) != ' ') {
                pairs.add(comparison.read().charAt(i) + "/" + comparison.listed().charAt(i));
            }
        }
        return language.of("   iguales salvo por ", "   equal but for look-alikes ")
                + String.join(", ", pairs)
                + language.of(", que se confunden", "");
    }

    private String reason(Alert alert, HotlistEntry entry) {
        return words.reason(entry.reason())
                + " · "
                + entry.caseNumber()
                + " · "
                + language.of("prioridad ", "priority ")
                + alert.assessment().priority();
    }

    private String where(Alert alert) {
        StringBuilder where = new StringBuilder(device(alert));
        Device device = alert.deviceId() == null ? null : devices.get(alert.deviceId());
        if (device != null && device.municipality() != null) {
            where.append(", ").append(device.municipality());
        }
        if (alert.place().site() != null) {
            where.append(" (").append(alert.place().site()).append(')');
        }
        HotlistEvidence evidence = alert.hotlistEvidence();
        Read read = evidence == null ? null : evidence.read();
        if (read != null) {
            if (read.lane() != null) {
                where.append(language.of(", carril ", ", lane ")).append(read.lane());
            }
            if (read.direction() != null) {
                where.append(language.of(", rumbo ", ", heading "))
                        .append(words.heading(read.direction()));
            }
            if (read.speedKmh() != null) {
                where.append(String.format(", %.0f km/h", read.speedKmh()));
            }
        }
        return where.toString();
    }

    private List<String> score(Alert alert) {
        StringBuilder text =
                new StringBuilder(language.format("%.2f", "%.2f", alert.assessment().score()));
        List<ScoreContribution> parts =
                alert.evidence() == null ? List.of() : alert.evidence().parts();
        for (int i = 0; i < parts.size(); i++) {
            ScoreContribution part = parts.get(i);
            text.append(i == 0 ? ": " : "; ");
            text.append(language.of(part.text().es(), part.text().en()));
            text.append(language.format(" (%+.1f)", " (%+.1f)", part.logOdds()));
        }
        List<String> lines = new ArrayList<>();
        for (String wrapped : wrap(text.toString(), WIDTH - LABEL)) {
            lines.add(line(lines.isEmpty() ? language.of("puntaje", "score") : "", wrapped));
        }
        return lines;
    }

    private String track(List<TrackRead> track) {
        List<TrackRead> last = track.subList(Math.max(0, track.size() - TRACK), track.size());
        StringBuilder text = new StringBuilder(last.size() < track.size() ? "… → " : "");
        for (int i = 0; i < last.size(); i++) {
            TrackRead read = last.get(i);
            text.append(i == 0 ? "" : " → ");
            text.append(Screen.clock(read.deviceTime(), zone(read.device())));
            text.append(' ').append(read.device());
        }
        return text.toString();
    }

    private static List<String> wrap(String text, int width) {
        List<String> lines = new ArrayList<>();
        StringBuilder line = new StringBuilder();
        for (String word : text.split(" ")) {
            if (!line.isEmpty() && line.length() + 1 + word.length() > width) {
                lines.add(line.toString());
                line.setLength(0);
            }
            line.append(line.isEmpty() ? "" : " ").append(word);
        }
        lines.add(line.toString());
        return lines;
    }

    private static String line(String label, String text) {
        return " ".repeat(2) + label + " ".repeat(LABEL - 2 - label.length()) + text;
    }

    private static String bare(String aligned) {
        return aligned.replace("_", "");
    }

    private static String plate(Alert alert) {
        if (alert.subject().plate() != null) {
            return alert.subject().plate();
        }
        return alert.type().isCamera() ? alert.type().wireName() : "—";
    }

    private static String device(Alert alert) {
        return alert.deviceId() == null ? "—" : alert.deviceId();
    }

    private ZoneId zone(Alert alert) {
        return zone(alert.deviceId());
    }

    private ZoneId zone(String deviceId) {
        Device device = deviceId == null ? null : devices.get(deviceId);
        return device == null || device.timezone() == null
                ? fallbackZone
                : ZoneId.of(device.timezone());
    }
}
