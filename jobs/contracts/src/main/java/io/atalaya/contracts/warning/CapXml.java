package io.atalaya.contracts.warning;

import io.atalaya.contracts.json.InvalidRecordException;
import io.atalaya.contracts.json.IsoTime;
import io.atalaya.contracts.json.JsonIn;
import io.atalaya.contracts.json.RecordCodec;
import io.atalaya.contracts.onvif.OnvifElement;
import io.atalaya.contracts.onvif.OnvifXml;

import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;

import java.lang.reflect.Field;
import java.time.DateTimeException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * One alert in CAP 1.2 or 1.1 XML.
 *
 * <p>It is rejected only if it is unclear who sent it, when, whether it is real, or what it is
 * about. Everything else that breaks the standard is left out or replaced, with a remark, because
 * one warning too many does less harm than a lost one.
 */
final class CapXml {
    static final int MAX_BYTES = 1024 * 1024;

    /** A feed is polled, so that it may hold the warnings of some hours. */
    static final int MAX_ALERTS = 100;

    /** CAP's default where an alert names no language. */
    private static final String DEFAULT_LANGUAGE = "en-US";

    private static final String UNDETERMINED_LANGUAGE = "und";

    private static final Pattern LANGUAGE = Pattern.compile("[A-Za-z]{1,8}(-[A-Za-z0-9]{1,8})*");
    private static final Pattern NUMBER = Pattern.compile("[+-]?[0-9]{1,9}(\\.[0-9]{0,30})?");
    private static final Pattern BLANKS = Pattern.compile("\\s+");
    private static final Pattern SEPARATORS = Pattern.compile("[\\s,<&]+");

    private static final Set<String> CATEGORIES = names(PublicWarning.Category.class);
    private static final Set<String> RESPONSE_TYPES = names(PublicWarning.ResponseType.class);
    private static final Set<String> URGENCIES = names(PublicWarning.Urgency.class);
    private static final Set<String> SEVERITIES = names(PublicWarning.Severity.class);
    private static final Set<String> CERTAINTIES = names(PublicWarning.Certainty.class);

    private final List<String> remarks = new ArrayList<>();

    private CapXml() {}

    private static Set<String> names(Class<? extends Enum<?>> type) {
        return Arrays.stream(type.getFields())
                .filter(Field::isEnumConstant)
                .map(
                        each ->
                                each.isAnnotationPresent(JsonProperty.class)
                                        ? each.getAnnotation(JsonProperty.class).value()
                                        : each.getName())
                .collect(Collectors.toUnmodifiableSet());
    }

    /** Reads an alert, or the alerts of an Atom feed. */
    static WarningCodec.Warnings read(byte[] message) throws InvalidRecordException {
        OnvifElement root = OnvifXml.read(message, MAX_BYTES);
        List<OnvifElement> alerts = root.all(element -> element.name().equals("alert"));
        if (alerts.isEmpty() || alerts.size() > MAX_ALERTS) {
            throw InvalidRecordException.fault(
                    "value",
                    alerts.size() + " alerts in " + root.name(),
                    "1 to " + MAX_ALERTS + " CAP alerts");
        }
        List<PublicWarning> usable = new ArrayList<>();
        List<InvalidRecordException> rejected = new ArrayList<>();
        for (OnvifElement alert : alerts) {
            try {
                usable.add(
                        RecordCodec.bind(
                                alert.path(), new CapXml().alert(alert), PublicWarning.class));
            } catch (InvalidRecordException e) {
                rejected.add(e);
            }
        }
        if (usable.isEmpty()) {
            throw rejected.get(0);
        }
        return new WarningCodec.Warnings(usable, rejected);
    }

    private ObjectNode alert(OnvifElement xml) {
        ObjectNode alert = JsonNodeFactory.instance.objectNode();
        id(xml, "identifier", alert);
        String sender = id(xml, "sender", alert);
        for (String name : List.of("sent", "status", "msgType", "scope")) {
            put(alert, name, text(xml, name, PublicWarning.MAX_TEXT));
        }
        for (String name : List.of("source", "restriction", "addresses", "note")) {
            put(alert, name, text(xml, name, PublicWarning.MAX_TEXT));
        }
        references(xml, sender, alert);
        ArrayNode infos = alert.putArray("infos");
        Long sent = epochMillis(alert.path("sent").asText());
        for (OnvifElement info : xml.children("info")) {
            info(info, infos.addObject(), sent);
        }
        ArrayNode texts = alert.putArray("remarks");
        remarks.forEach(texts::add);
        return alert;
    }

    private void info(OnvifElement xml, ObjectNode info, Long sent) {
        String language = text(xml, "language", PublicWarning.MAX_ID);
        if (language == null) {
            language = DEFAULT_LANGUAGE;
        } else if (language.length() > 64 || !LANGUAGE.matcher(language).matches()) {
            remark(xml, "language", language + " is no language tag");
            language = UNDETERMINED_LANGUAGE;
        }
        info.put("language", language);
        choices(xml, "category", CATEGORIES, "Other", info);
        put(info, "event", text(xml, "event", PublicWarning.MAX_TEXT));
        choices(xml, "responseType", RESPONSE_TYPES, null, info);
        info.put("urgency", choice(xml, "urgency", URGENCIES));
        info.put("severity", choice(xml, "severity", SEVERITIES));
        info.put("certainty", choice(xml, "certainty", CERTAINTIES));
        namedValues(xml, "eventCode", info.putArray("eventCode"));
        time(xml, "effective", info);
        time(xml, "onset", info);
        time(xml, "expires", info);
        if (sent != null && info.has("expires") && info.get("expires").longValue() <= sent) {
            remark(xml, "expires", "not after sent");
        }
        for (String name : List.of("senderName", "headline", "web", "contact")) {
            put(info, name, text(xml, name, PublicWarning.MAX_TEXT));
        }
        for (String name : List.of("description", "instruction")) {
            put(info, name, text(xml, name, PublicWarning.MAX_LONG_TEXT));
        }
        namedValues(xml, "parameter", info.putArray("parameter"));
        ArrayNode areas = info.putArray("areas");
        for (OnvifElement area : xml.children("area")) {
            area(area, areas.addObject());
        }
    }

    /**
     * The other polygons and circles of an area with an unusable one are less than what the sender
     * meant, so that the area must exclude no place.
     */
    private void area(OnvifElement xml, ObjectNode area) {
        String areaDesc = text(xml, "areaDesc", PublicWarning.MAX_TEXT);
        area.put("areaDesc", areaDesc == null ? "" : areaDesc);
        boolean isWhole = true;
        ArrayNode polygons = area.putArray("polygons");
        for (OnvifElement polygon : xml.children("polygon")) {
            isWhole &= polygon(polygon, polygons);
        }
        ArrayNode circles = area.putArray("circles");
        for (OnvifElement circle : xml.children("circle")) {
            isWhole &= circle(circle, circles);
        }
        isWhole &= namedValues(xml, "geocode", area.putArray("geocodes"));
        area.put("extentUnknown", !isWhole);
    }

    /** Whether the polygon is usable: pairs in range, closed, with enough corners. */
    private boolean polygon(OnvifElement xml, ArrayNode polygons) {
        String[] pairs = BLANKS.split(xml.text());
        int corners = pairs.length - 1;
        if (corners < PublicWarning.Area.MIN_CORNERS || corners > PublicWarning.Area.MAX_CORNERS) {
            return unusable(xml, pairs.length + " pairs");
        }
        if (!pairs[0].equals(pairs[corners])) {
            return unusable(xml, "it is not closed");
        }
        ArrayNode polygon = JsonNodeFactory.instance.arrayNode();
        for (int i = 0; i < corners; i++) {
            double[] pair = pair(pairs[i]);
            if (pair == null) {
                return unusable(xml, pairs[i] + " is no latitude,longitude");
            }
            polygon.addArray().add(pair[0]).add(pair[1]);
        }
        polygons.add(polygon);
        return true;
    }

    private boolean circle(OnvifElement xml, ArrayNode circles) {
        String[] parts = BLANKS.split(xml.text());
        double[] centre = parts.length == 2 ? pair(parts[0]) : null;
        Double radius =
                centre == null ? null : number(parts[1], PublicWarning.Circle.MAX_RADIUS_KM);
        if (radius == null || radius < 0) {
            return unusable(xml, xml.text() + " is no latitude,longitude radius");
        }
        circles.addObject()
                .put("latitude", centre[0])
                .put("longitude", centre[1])
                .put("radiusKm", radius);
        return true;
    }

    private boolean unusable(OnvifElement xml, String fault) {
        remark(xml.parent(), xml.name(), "left out, " + fault);
        return false;
    }

    /** Latitude and longitude, or null. */
    private static double[] pair(String text) {
        String[] parts = text.split(",", -1);
        Double latitude = parts.length == 2 ? number(parts[0], 90) : null;
        Double longitude = parts.length == 2 ? number(parts[1], 180) : null;
        return latitude == null || longitude == null ? null : new double[] {latitude, longitude};
    }

    /** A number from -max to max, or null. */
    private static Double number(String text, double max) {
        if (!NUMBER.matcher(text).matches()) {
            return null;
        }
        double number = Double.parseDouble(text);
        return Math.abs(number) <= max ? (Double) number : null;
    }

    /** Whether all values have a name. */
    private boolean namedValues(OnvifElement xml, String name, ArrayNode values) {
        boolean areNamed = true;
        for (OnvifElement each : xml.children(name)) {
            String valueName = text(each, "valueName", PublicWarning.MAX_ID);
            String value = text(each, "value", PublicWarning.MAX_TEXT);
            if (valueName == null) {
                areNamed = unusable(each, "it has no valueName");
            } else {
                values.addObject()
                        .put("valueName", valueName)
                        .put("value", value == null ? "" : value);
            }
        }
        return areNamed;
    }

    private void references(OnvifElement xml, String sender, ObjectNode alert) {
        String text = text(xml, "references", PublicWarning.MAX_LONG_TEXT);
        ArrayNode references = alert.putArray("references");
        String clean = text == null || sender == null ? text : cleanReferences(text, sender);
        for (String reference : clean == null ? new String[0] : BLANKS.split(clean)) {
            String[] parts = reference.split(",", -1);
            Long sent = parts.length == 3 ? epochMillis(parts[2]) : null;
            if (sent == null || parts[0].isEmpty() || parts[1].isEmpty()) {
                remark(xml, "references", reference + " is no sender,identifier,sent");
            } else {
                references
                        .addObject()
                        .put("sender", parts[0])
                        .put("identifier", parts[1])
                        .put("sent", sent);
            }
        }
        String msgType = alert.path("msgType").asText();
        if (references.isEmpty() && !msgType.equals("Alert")) {
            remark(xml, "references", "none in a message of type " + msgType);
        }
    }

    /**
     * Puts an id and returns it as it came, or null. Blanks and separators in it break the
     * standard, but the sender is known all the same.
     */
    private String id(OnvifElement xml, String name, ObjectNode alert) {
        String id = text(xml, name, PublicWarning.MAX_TEXT);
        if (id != null) {
            String clean = clean(id);
            if (!clean.equals(id)) {
                remark(xml, name, id + " has blanks or separators");
            }
            alert.put(name, clean);
        }
        return id;
    }

    private static String clean(String id) {
        return SEPARATORS.matcher(id).replaceAll("_");
    }

    /**
     * The references with clean ids where they name the sender itself, because its cancellation
     * must find the warning whose ids were cleaned, too.
     */
    private static String cleanReferences(String references, String sender) {
        return Pattern.compile("(?<!\\S)" + Pattern.quote(sender) + ",([^,]+),(?=\\d{4}-)")
                .matcher(references)
                .replaceAll(
                        own ->
                                Matcher.quoteReplacement(
                                        clean(sender) + "," + clean(own.group(1)) + ","));
    }

    private String choice(OnvifElement xml, String name, Set<String> names) {
        String value = text(xml, name, PublicWarning.MAX_TEXT);
        if (value != null && names.contains(value)) {
            return value;
        }
        remark(xml, name, (value == null ? "nothing" : value) + " counts as Unknown");
        return "Unknown";
    }

    /**
     * Puts the list of values.
     *
     * @param other for unknown values, or null to leave them out
     */
    private void choices(
            OnvifElement xml, String name, Set<String> names, String other, ObjectNode info) {
        Set<String> chosen = new LinkedHashSet<>();
        for (OnvifElement each : xml.children(name)) {
            if (names.contains(each.text())) {
                chosen.add(each.text());
            } else {
                remark(xml, name, each.text() + " is unknown");
                if (other != null) {
                    chosen.add(other);
                }
            }
        }
        chosen.forEach(info.putArray(name)::add);
    }

    private void time(OnvifElement xml, String name, ObjectNode info) {
        String text = text(xml, name, PublicWarning.MAX_TEXT);
        Long time = text == null ? null : epochMillis(text);
        if (time != null) {
            info.put(name, time);
        } else if (text != null) {
            remark(xml, name, "left out, " + text + " is no time with an offset");
        }
    }

    private static Long epochMillis(String text) {
        try {
            long time = IsoTime.parse(text);
            return time < 0 || time > JsonIn.MAX_TIME ? null : (Long) time;
        } catch (DateTimeException | ArithmeticException e) {
            return null;
        }
    }

    /** The text of the first child of that name, cut to the maximum; null where it is empty. */
    private String text(OnvifElement xml, String name, int max) {
        OnvifElement child = xml.child(name);
        String text = child == null ? "" : child.text();
        if (text.codePointCount(0, text.length()) > max) {
            remark(xml, name, "cut to " + max + " characters");
            return text.substring(0, text.offsetByCodePoints(0, max));
        }
        return text.isEmpty() ? null : text;
    }

    private static void put(ObjectNode node, String name, String value) {
        if (value != null) {
            node.put(name, value);
        }
    }

    private void remark(OnvifElement xml, String name, String text) {
        if (remarks.size() < PublicWarning.MAX_REMARKS) {
            remarks.add(InvalidRecordException.printable(xml.path() + "." + name + ": " + text));
        }
    }
}
