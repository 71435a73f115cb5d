package io.atalaya.console;

import io.atalaya.contracts.alert.Alert;
import io.atalaya.contracts.alert.AlertCodec;
import io.atalaya.contracts.alert.AlertType;
import io.atalaya.contracts.alert.CameraEvidence;
import io.atalaya.contracts.alert.HotlistEvidence;
import io.atalaya.contracts.alert.ScoreContribution;
import io.atalaya.contracts.device.Device;
import io.atalaya.contracts.dispatch.Incident;
import io.atalaya.contracts.dispatch.Place;
import io.atalaya.contracts.hotlist.HotlistEntry;
import io.atalaya.contracts.text.Text;

import java.nio.charset.StandardCharsets;
import java.util.List;

/** Invented records. */
public final class Samples {
    private Samples() {}

    static Text.Translation words(String es, String en) {
        return new Text.Translation(es, en);
    }

    public static Alert hit(
            String alertId,
            long time,
            String device,
            String plate,
            String reason,
            int priority,
            boolean covert,
            List<String> notified) {
        HotlistEntry entry =
                new HotlistEntry(
                        "entry-" + plate,
                        plate,
                        null,
                        null,
                        "MX",
                        "MEX",
                        reason,
                        "CI-" + plate,
                        "FGJEM",
                        "daily-stolen",
                        priority,
                        null,
                        null,
                        null,
                        null,
                        null,
                        covert,
                        notified);
        String read = plate.replace("8", "B");
        StringBuilder differs = new StringBuilder();
        for (int i = 0; i < plate.length(); i++) {
            differs.append(plate.charAt(i) == read.charAt(i) ? ' ' : '^');
        }
        HotlistEvidence evidence =
                new HotlistEvidence(
                        List.of("read-" + alertId),
                        List.of("plates/" + alertId + ".jpg"),
                        new HotlistEvidence.Read(
                                "read-" + alertId, read, 0.93, 2, null, 71.4, null, false),
                        new HotlistEvidence.Comparison(
                                read.equals(plate) ? "EXACT" : "CONFUSABLE",
                                read,
                                plate,
                                differs.toString()),
                        List.of(
                                new ScoreContribution(
                                        "characters",
                                        2.3,
                                        words(
                                                "Los caracteres coinciden salvo confusiones usuales",
                                                "The characters agree but for usual confusions")),
                                new ScoreContribution(
                                        "confidence",
                                        0.8,
                                        words(
                                                "El lector confía en 93 %",
                                                "The reader trusts its read to 93 %")),
                                new ScoreContribution(
                                        "device",
                                        -0.4,
                                        words(
                                                "Este arco se equivoca a veces",
                                                "This arch errs at times"))),
                        1,
                        List.of(
                                new HotlistEvidence.TrackRead(
                                        "t-" + alertId,
                                        "ARCH-1",
                                        time - 600_000,
                                        plate,
                                        19.28,
                                        -99.66)),
                        false,
                        null);
        return alert(
                alertId,
                AlertType.HOTLIST_MATCH,
                time,
                device,
                plate,
                entry.entryId(),
                0.97,
                priority,
                Alert.Action.ALERT,
                words(
                        "Vehículo en lista (" + reason + "): " + plate,
                        "Listed vehicle (" + reason + "): " + plate),
                evidence,
                entry,
                covert,
                notified);
    }

    public static Alert camera(
            String alertId,
            AlertType type,
            long time,
            String device,
            int priority,
            Alert.Action action) {
        return alert(
                alertId,
                type,
                time,
                device,
                null,
                null,
                0.7,
                priority,
                action,
                words("Cámara: " + type.wireName(), "Camera: " + type.wireName()),
                new CameraEvidence(
                        null,
                        new CameraEvidence.Region(0.3, 0.4, 0.2, 0.25),
                        12,
                        List.of(
                                new CameraEvidence.ObjectBox(
                                        "7",
                                        CameraEvidence.ObjectClass.PERSON,
                                        new CameraEvidence.Region(0.35, 0.45, 0.05, 0.2),
                                        time)),
                        List.of(),
                        null),
                null,
                false,
                List.of());
    }

    private static Alert alert(
            String alertId,
            AlertType type,
            long time,
            String device,
            String plate,
            String entryId,
            double score,
            int priority,
            Alert.Action action,
            Text headline,
            io.atalaya.contracts.alert.Evidence evidence,
            HotlistEntry entry,
            boolean covert,
            List<String> notified) {
        int n = Math.floorMod(device.hashCode(), 100);
        return new Alert(
                new Alert.Identity(alertId, type),
                new Alert.Emission(time, time, time),
                new Alert.Lifecycle(Alert.Status.NEW, time, time, null),
                new Alert.Place(
                        n % 2 == 0 ? "TOLUCA" : "ECATEPEC",
                        new Alert.Device(device, 19.2 + n * 0.005, -99.7 + n * 0.007)),
                new Alert.Subject(plate, entryId, List.of()),
                new Alert.Assessment(action, score, priority, headline),
                evidence,
                entry,
                new Alert.Disclosure(covert, notified));
    }

    public static Incident incident(
            String id,
            long revision,
            Incident.Kind kind,
            String type,
            Incident.Status status,
            int priority,
            String site,
            String plate,
            List<String> alertIds,
            List<String> linked,
            boolean covert,
            List<String> notified) {
        return new Incident(
                id,
                revision,
                kind,
                type,
                null,
                status,
                revision,
                revision,
                null,
                new Place(19.29, -99.65, 20),
                List.of(),
                plate,
                site,
                new Incident.Assignment(
                        site, "security", 1, Incident.Assignment.State.SENT, null, null),
                List.of(),
                priority,
                List.of(),
                words("Incidente " + type, "Incident " + type),
                alertIds.stream()
                        .map(
                                alert ->
                                        new Incident.Event(
                                                "alert:" + alert,
                                                "alerts",
                                                "hotlist-match",
                                                revision,
                                                null))
                        .toList(),
                linked.stream()
                        .map(other -> new Incident.Link(Incident.Link.Relation.RELATED, other))
                        .toList(),
                linked.stream().map(other -> "alert:" + other.replace("INC", "")).toList(),
                List.of(),
                null,
                null,
                covert,
                notified);
    }

    /** An incident of a site, or of none, that the assigned one handles, if any does. */
    public static Incident incident(String id, long revision, String site, String assigned) {
        return new Incident(
                id,
                revision,
                Incident.Kind.PLACE,
                "security",
                null,
                Incident.Status.OPEN,
                revision,
                revision,
                null,
                null,
                List.of(),
                null,
                site,
                assigned == null
                        ? null
                        : new Incident.Assignment(
                                assigned, null, 2, Incident.Assignment.State.SENT, null, null),
                List.of(),
                70,
                List.of(),
                words("Incidente", "Incident"),
                List.of(),
                List.of(),
                List.of(),
                List.of(),
                null,
                null,
                false,
                List.of());
    }

    public static Device device(String id, Device.Kind kind, double latitude, double longitude) {
        return new Device(id, kind, "TOLUCA", "Toluca", latitude, longitude, 90.0, 3, null, null);
    }

    public static String json(Alert alert) {
        return new String(AlertCodec.write(alert), StandardCharsets.UTF_8);
    }
}
