package io.atalaya.hotlistmatch.alerting;

import io.atalaya.contracts.alert.Alert;
import io.atalaya.contracts.device.Device;
import io.atalaya.contracts.hotlist.HotlistEntry;
import io.atalaya.contracts.text.Message;
import io.atalaya.contracts.text.MessageCode;
import io.atalaya.contracts.text.Text;
import io.atalaya.hotlistmatch.alerting.MatchEvaluator.Match;

/** The sentence that a dispatcher reads first. */
final class HotlistHeadlines {
    private HotlistHeadlines() {}

    static Text of(Alert.Status status, Alert.Action action, Match currentMatch, Device device) {
        HotlistEntry entry = currentMatch.interval().version().entry();
        Text reason = reason(entry.reason());
        String plate = subject(entry, currentMatch);
        String place =
                device == null || device.municipality() == null
                        ? currentMatch.read().deviceId()
                        : currentMatch.read().deviceId() + ", " + device.municipality();
        Message headline =
                switch (status) {
                    case CANCELLED ->
                            Message.of(MessageCode.HOTLIST_MATCH_CANCELLED, reason, plate, place);
                    case ENDED -> Message.of(MessageCode.HOTLIST_MATCH_ENDED, reason, plate, place);
                    default ->
                            action == Alert.Action.REVIEW
                                    ? Message.of(
                                            MessageCode.POSSIBLE_HOTLIST_MATCH,
                                            reason,
                                            plate,
                                            place)
                                    : Message.of(
                                            MessageCode.HOTLIST_MATCH,
                                            new Text.Capitalized(reason),
                                            plate,
                                            place);
                };
        return currentMatch.isRetrospective()
                ? Message.of(MessageCode.READ_BEFORE_ENTRY, headline)
                : headline;
    }

    private static Text reason(String reason) {
        return switch (reason) {
            case "STOLEN_VEHICLE" -> Message.of(MessageCode.STOLEN_VEHICLE);
            case "WANTED_PERSON" -> Message.of(MessageCode.WANTED_PERSON);
            case "MISSING_PERSON" -> Message.of(MessageCode.MISSING_PERSON);
            case "KIDNAPPING" -> Message.of(MessageCode.KIDNAPPING);
            case "CLONED_PLATE" -> Message.of(MessageCode.CLONED_PLATE_LISTED);
            case "INTEREST" -> Message.of(MessageCode.VEHICLE_OF_INTEREST);
            default -> new Text.Word(reason);
        };
    }

    private static String subject(HotlistEntry entry, Match currentMatch) {
        if (entry.plate() != null) {
            return entry.plate();
        }
        String text = currentMatch.score().text();
        String listed = entry.pattern() != null ? entry.pattern() : "tag " + entry.tagId();
        return text == null ? listed : text + " (" + listed + ")";
    }
}
