package io.atalaya.contracts.warning;

import io.atalaya.contracts.json.EpochMillis;
import io.atalaya.contracts.json.Field;
import io.atalaya.contracts.json.RecordCodec;

import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.annotation.JsonValue;
import com.fasterxml.jackson.databind.annotation.JsonDeserialize;
import com.fasterxml.jackson.databind.util.StdConverter;

import java.util.List;
import java.util.regex.Pattern;

/**
 * One message of topic {@code public-warnings}: an alert of the Common Alerting Protocol (CAP),
 * with the names of that standard. In the topic it has this JSON form or is XML, see {@link
 * WarningCodec}.
 *
 * <p>Sender, identifier and {@code sent} together are its id, because senders give an event and the
 * alert about it the same identifier.
 *
 * @param status only {@link Status#ACTUAL} is real
 * @param source the sender's operator or device, or null
 * @param restriction the rule of a restricted warning, or null
 * @param addresses the recipients of a private warning, or null
 * @param note about an exercise or an error, or null
 * @param references the earlier warnings that this one updates, cancels or answers
 * @param infos the warning itself, once per language; empty in a message about other messages
 * @param remarks what was unusable and left out, for people
 */
public record PublicWarning(
        String identifier,
        String sender,
        @EpochMillis long sent,
        Status status,
        MessageType msgType,
        Scope scope,
        String source,
        String restriction,
        String addresses,
        String note,
        List<Reference> references,
        List<Info> infos,
        List<String> remarks) {
    /** Polygons have fewer characters in JSON than points may have in XML. */
    public static final RecordCodec<PublicWarning> CODEC =
            new RecordCodec<>(PublicWarning.class, 4 * 1024 * 1024);

    static final int MAX_ID = 256;
    static final int MAX_TEXT = 4096;

    /** Descriptions and instructions of weather services are long. */
    static final int MAX_LONG_TEXT = 16_384;

    static final int MAX_REFERENCES = 256;
    static final int MAX_REMARKS = 128;

    /** CAP forbids these characters because they separate and escape references. */
    private static final Pattern ID = Pattern.compile("[^ \\t\\r\\n,<&]+");

    private static final Pattern LANGUAGE = Pattern.compile("[A-Za-z]{1,8}(-[A-Za-z0-9]{1,8})*");

    public PublicWarning {
        requireId("identifier", identifier);
        requireId("sender", sender);
        Field.time("sent", sent);
        Field.required("status", status);
        Field.required("msgType", msgType);
        Field.required("scope", scope);
        Field.textOrNull("source", source, 0, MAX_TEXT);
        Field.textOrNull("restriction", restriction, 0, MAX_TEXT);
        Field.textOrNull("addresses", addresses, 0, MAX_TEXT);
        Field.textOrNull("note", note, 0, MAX_TEXT);
        references = Field.list("references", references, MAX_REFERENCES);
        infos = Field.list("infos", infos, 64);
        remarks = Field.texts("remarks", remarks, MAX_REMARKS, MAX_TEXT);
    }

    private static void requireId(String field, String id) {
        if (!ID.matcher(Field.text(field, id, 1, MAX_ID)).matches()) {
            throw Field.invalid(field, id, "no blank, comma, '<' or '&'");
        }
    }

    /** The id of this warning. */
    public Reference reference() {
        return new Reference(sender, identifier, sent);
    }

    /** How the message is to be handled. */
    public enum Status {
        @JsonProperty("Actual")
        ACTUAL,
        /** A drill; it is carried out, but as a drill. */
        @JsonProperty("Exercise")
        EXERCISE,
        /** About the network of warnings itself. */
        @JsonProperty("System")
        SYSTEM,
        /** To be ignored. */
        @JsonProperty("Test")
        TEST,
        /** To be ignored. */
        @JsonProperty("Draft")
        DRAFT
    }

    /** The relation to earlier messages. */
    public enum MessageType {
        @JsonProperty("Alert")
        ALERT,
        @JsonProperty("Update")
        UPDATE,
        @JsonProperty("Cancel")
        CANCEL,
        @JsonProperty("Ack")
        ACK,
        @JsonProperty("Error")
        ERROR
    }

    /** For whom the message is. */
    public enum Scope {
        @JsonProperty("Public")
        PUBLIC,
        @JsonProperty("Restricted")
        RESTRICTED,
        @JsonProperty("Private")
        PRIVATE
    }

    /** The id of a warning. */
    public record Reference(String sender, String identifier, @EpochMillis long sent) {
        public Reference {
            requireId("sender", sender);
            requireId("identifier", identifier);
            Field.time("sent", sent);
        }
    }

    /**
     * The warning in one language.
     *
     * @param language a tag such as {@code es-MX}; CAP's default is {@code en-US}
     * @param event such as {@code Sismo}
     * @param effective start of validity, epoch ms, or null for the time of sending
     * @param onset expected begin of the event, epoch ms, or null
     * @param expires end of validity, epoch ms, or null where the sender gives none
     * @param eventCode codes of the event, such as SAME
     * @param parameter other named values
     */
    public record Info(
            String language,
            List<Category> category,
            String event,
            List<ResponseType> responseType,
            Urgency urgency,
            Severity severity,
            Certainty certainty,
            List<NamedValue> eventCode,
            @EpochMillis Long effective,
            @EpochMillis Long onset,
            @EpochMillis Long expires,
            String senderName,
            String headline,
            String description,
            String instruction,
            String web,
            String contact,
            List<NamedValue> parameter,
            List<Area> areas) {

        public Info {
            if (!LANGUAGE.matcher(Field.text("language", language, 1, 64)).matches()) {
                throw Field.invalid("language", language, "a language tag such as es-MX");
            }
            category = Field.list("category", category, 12);
            Field.visible("event", event, MAX_TEXT);
            responseType = Field.list("responseType", responseType, 9);
            Field.required("urgency", urgency);
            Field.required("severity", severity);
            Field.required("certainty", certainty);
            eventCode = Field.list("eventCode", eventCode, 64);
            Field.timeOrNull("effective", effective);
            Field.timeOrNull("onset", onset);
            Field.timeOrNull("expires", expires);
            Field.textOrNull("senderName", senderName, 0, MAX_TEXT);
            Field.textOrNull("headline", headline, 0, MAX_TEXT);
            Field.textOrNull("description", description, 0, MAX_LONG_TEXT);
            Field.textOrNull("instruction", instruction, 0, MAX_LONG_TEXT);
            Field.textOrNull("web", web, 0, MAX_TEXT);
            Field.textOrNull("contact", contact, 0, MAX_TEXT);
            parameter = Field.list("parameter", parameter, 256);
            areas = Field.list("areas", areas, 1024);
        }
    }

    /** The kind of event. */
    public enum Category {
        @JsonProperty("Geo")
        GEO,
        @JsonProperty("Met")
        MET,
        @JsonProperty("Safety")
        SAFETY,
        @JsonProperty("Security")
        SECURITY,
        @JsonProperty("Rescue")
        RESCUE,
        @JsonProperty("Fire")
        FIRE,
        @JsonProperty("Health")
        HEALTH,
        @JsonProperty("Env")
        ENV,
        @JsonProperty("Transport")
        TRANSPORT,
        @JsonProperty("Infra")
        INFRA,
        CBRNE,
        @JsonProperty("Other")
        OTHER
    }

    /** What the recipients should do. */
    public enum ResponseType {
        @JsonProperty("Shelter")
        SHELTER,
        @JsonProperty("Evacuate")
        EVACUATE,
        @JsonProperty("Prepare")
        PREPARE,
        @JsonProperty("Execute")
        EXECUTE,
        @JsonProperty("Avoid")
        AVOID,
        @JsonProperty("Monitor")
        MONITOR,
        @JsonProperty("Assess")
        ASSESS,
        @JsonProperty("AllClear")
        ALL_CLEAR,
        @JsonProperty("None")
        NONE
    }

    /** How soon people should act. */
    public enum Urgency {
        @JsonProperty("Immediate")
        IMMEDIATE,
        @JsonProperty("Expected")
        EXPECTED,
        @JsonProperty("Future")
        FUTURE,
        @JsonProperty("Past")
        PAST,
        @JsonProperty("Unknown")
        UNKNOWN
    }

    /** How much is threatened. */
    public enum Severity {
        @JsonProperty("Extreme")
        EXTREME,
        @JsonProperty("Severe")
        SEVERE,
        @JsonProperty("Moderate")
        MODERATE,
        @JsonProperty("Minor")
        MINOR,
        @JsonProperty("Unknown")
        UNKNOWN
    }

    /** How sure the sender is. */
    public enum Certainty {
        @JsonProperty("Observed")
        OBSERVED,
        @JsonProperty("Likely")
        LIKELY,
        @JsonProperty("Possible")
        POSSIBLE,
        @JsonProperty("Unlikely")
        UNLIKELY,
        @JsonProperty("Unknown")
        UNKNOWN
    }

    /** A value of a list that the name identifies. */
    public record NamedValue(String valueName, String value) {
        public NamedValue {
            Field.text("valueName", valueName, 1, MAX_ID);
            Field.text("value", value, 0, MAX_TEXT);
        }
    }

    /**
     * Where the warning holds: in the union of polygons, circles and geocodes.
     *
     * @param polygons corners of each, in order, the first not repeated at the end
     * @param extentUnknown a polygon or circle was unusable, so that the area is larger than what
     *     is left and excludes no place
     */
    public record Area(
            String areaDesc,
            List<List<Point>> polygons,
            List<Circle> circles,
            List<NamedValue> geocodes,
            boolean extentUnknown) {
        static final int MIN_CORNERS = 3;
        static final int MAX_CORNERS = 10_000;

        public Area {
            Field.text("areaDesc", areaDesc, 0, MAX_TEXT);
            polygons = Field.list("polygons", polygons, 1024);
            for (int i = 0; i < polygons.size(); i++) {
                Field.list("polygons[" + i + "]", polygons.get(i), MAX_CORNERS);
                if (polygons.get(i).size() < MIN_CORNERS) {
                    throw Field.fault(
                            "polygons[" + i + "]",
                            polygons.get(i).size() + " elements",
                            "at least " + MIN_CORNERS + " elements");
                }
            }
            polygons = polygons.stream().map(List::copyOf).toList();
            circles = Field.list("circles", circles, 1024);
            geocodes = Field.list("geocodes", geocodes, 1024);
        }
    }

    /** A corner in degrees, WGS 84; in JSON an array of latitude and longitude, CAP's order. */
    @JsonDeserialize(converter = PointReader.class)
    public record Point(double latitude, double longitude) {
        public Point {
            latitude = Field.number("[0]", latitude, -90, 90);
            longitude = Field.number("[1]", longitude, -180, 180);
        }

        @JsonValue
        double[] numbers() {
            return new double[] {latitude, longitude};
        }
    }

    private static final class PointReader extends StdConverter<List<Double>, Point> {
        @Override
        public Point convert(List<Double> numbers) {
            if (numbers.size() != 2) {
                throw Field.fault("", numbers.size() + " elements", "2 numbers");
            }
            return new Point(numbers.get(0), numbers.get(1));
        }
    }

    /** A circle; CAP gives its radius in kilometres. */
    public record Circle(double latitude, double longitude, double radiusKm) {
        static final double MAX_RADIUS_KM = 20_040;

        public Circle {
            latitude = Field.number("latitude", latitude, -90, 90);
            longitude = Field.number("longitude", longitude, -180, 180);
            radiusKm = Field.number("radiusKm", radiusKm, 0, MAX_RADIUS_KM);
        }
    }
}
