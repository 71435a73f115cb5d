package io.atalaya.hotlistmatch.alerting;

import io.atalaya.contracts.alert.Alert;
import io.atalaya.contracts.device.Device;
import io.atalaya.contracts.hotlist.HotlistEntry;
import io.atalaya.hotlistmatch.alerting.MatchEvaluator.Match;

import java.util.Map;

/** The sentence that a dispatcher reads first, in Spanish and in English. */
final class Headlines {
    private record Words(String es, String en) {}

    private static final Map<String, Words> REASONS =
            Map.of(
                    "STOLEN_VEHICLE", new Words("vehículo robado", "stolen vehicle"),
                    "WANTED_PERSON", new Words("persona buscada", "wanted person"),
                    "MISSING_PERSON", new Words("persona desaparecida", "missing person"),
                    "KIDNAPPING", new Words("secuestro", "kidnapping"),
                    "CLONED_PLATE", new Words("placa clonada", "cloned plate"),
                    "INTEREST", new Words("vehículo de interés", "vehicle of interest"));

    private Headlines() {}

    static Alert.Headline of(
            Alert.Status status, Alert.Action action, Match currentMatch, Device device) {
        HotlistEntry entry = currentMatch.interval().version().entry();
        Words reason =
                REASONS.getOrDefault(entry.reason(), new Words(entry.reason(), entry.reason()));
        String plate = subject(entry, currentMatch);
        String place =
                device == null || device.municipality() == null
                        ? currentMatch.read().deviceId()
                        : currentMatch.read().deviceId() + ", " + device.municipality();
        Words state =
                switch (status) {
                    case CANCELLED -> new Words("CANCELADA: ", "CANCELLED: ");
                    case ENDED -> new Words("TERMINADA: ", "ENDED: ");
                    default ->
                            action == Alert.Action.REVIEW
                                    ? new Words("Posible ", "Possible ")
                                    : new Words("", "");
                };
        Words past =
                currentMatch.retrospective()
                        ? new Words(" (lectura anterior al alta)", " (read before the entry came)")
                        : new Words("", "");
        return new Alert.Headline(
                capital(state.es() + reason.es()) + ": " + plate + " en " + place + past.es(),
                capital(state.en() + reason.en()) + ": " + plate + " at " + place + past.en());
    }

    private static String subject(HotlistEntry entry, Match currentMatch) {
        if (entry.plate() != null) {
            return entry.plate();
        }
        String text = currentMatch.score().text();
        String listed = entry.pattern() != null ? entry.pattern() : "tag " + entry.tagId();
        return text == null ? listed : text + " (" + listed + ")";
    }

    private static String capital(String text) {
        return Character.toUpperCase(text.charAt(0)) + text.substring(1);
    }
}
