package io.atalaya.bridge.format;

import io.atalaya.bridge.delivery.QueuedMessage;
import io.atalaya.contracts.dispatch.DispatchMessage;
import io.atalaya.contracts.dispatch.DispatchMessage.Purpose;
import io.atalaya.contracts.dispatch.Incident;
import io.atalaya.contracts.dispatch.Place;
import io.atalaya.contracts.json.InvalidRecordException;
import io.atalaya.contracts.text.Text;
import io.atalaya.contracts.topic.HashId;
import io.atalaya.contracts.warning.PublicWarning;

import javax.xml.stream.XMLOutputFactory;
import javax.xml.stream.XMLStreamException;
import javax.xml.stream.XMLStreamWriter;

import java.io.ByteArrayOutputStream;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Function;

/**
 * The incident as a message of the Common Alerting Protocol 1.2: Spanish first, then English. The
 * elements are in the order of the schema. An update names the message that the destination took
 * before it; without one it is an {@code Alert} of the same {@code incidents}.
 */
public final class CapFormat implements Format {
    static final String NAMESPACE = "urn:oasis:names:tc:emergency:cap:1.2";

    private static final String EXERCISE = "/EXERCISE";

    private static final String STATE = "Estado de México";

    private static final Map<Incident.Kind, String> CATEGORIES =
            Map.of(
                    Incident.Kind.VEHICLE, "Security",
                    Incident.Kind.PLACE, "Security",
                    Incident.Kind.DEVICE_FAULT, "Infra",
                    Incident.Kind.PUBLIC_WARNING, "Safety",
                    Incident.Kind.DIGEST, "Other");

    private final String sender;
    private final Duration expireAfter;

    /**
     * @param sender domain of the command centre
     * @param expireAfter from when on a message without an expiry of its own is of no use
     */
    public CapFormat(String sender, Duration expireAfter) {
        this.sender = sender;
        this.expireAfter = expireAfter;
    }

    @Override
    public String contentType() {
        return "application/cap+xml";
    }

    @Override
    public byte[] body(QueuedMessage message) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        try {
            XMLStreamWriter xml = XMLOutputFactory.newFactory().createXMLStreamWriter(out, "UTF-8");
            new Document(xml, message).write();
            xml.close();
        } catch (InvalidRecordException | XMLStreamException e) {
            throw new IllegalArgumentException(e);
        }
        return out.toByteArray();
    }

    /** As CAP writes it. */
    private static String name(Enum<?> value) {
        return value == PublicWarning.Category.CBRNE
                ? value.name()
                : value.name().charAt(0) + value.name().substring(1).toLowerCase(Locale.ROOT);
    }

    private static String identifier(String eventId) {
        return HashId.of("cap", eventId);
    }

    /** One alert message. */
    private final class Document {
        private final XMLStreamWriter xml;
        private final QueuedMessage queued;
        private final Incident incident;
        private final boolean isRetracted;

        Document(XMLStreamWriter xml, QueuedMessage queued) throws InvalidRecordException {
            this.xml = xml;
            this.queued = queued;
            DispatchMessage message = DispatchMessage.CODEC.read(queued.record().value());
            incident = message.incident();
            isRetracted =
                    message.purpose() == Purpose.RETRACTION
                            || message.purpose() == Purpose.WITHDRAWN
                            || incident.status() == Incident.Status.CANCELLED;
        }

        void write() throws XMLStreamException {
            QueuedMessage.Sent previous = queued.previous();
            boolean isPublic = incident.kind() == Incident.Kind.PUBLIC_WARNING;
            xml.writeStartDocument("UTF-8", "1.0");
            xml.writeStartElement("alert");
            xml.writeDefaultNamespace(NAMESPACE);
            element("identifier", identifier(queued.eventId()));
            element("sender", sender);
            element("sent", LocalTimes.cap(queued.record().timestamp()));
            element("status", isExercise() ? "Exercise" : "Actual");
            element("msgType", previous == null ? "Alert" : isRetracted ? "Cancel" : "Update");
            element("scope", isPublic ? "Public" : "Restricted");
            if (!isPublic) {
                element("restriction", "Solo para despacho. For dispatch only.");
            }
            if (previous != null) {
                element(
                        "references",
                        sender
                                + ","
                                + identifier(previous.eventId())
                                + ","
                                + LocalTimes.cap(previous.timestamp()));
            }
            element("incidents", incidents());
            info("es-MX", Text::es);
            info("en", Text::en);
            xml.writeEndElement();
            xml.writeEndDocument();
        }

        private void info(String language, Function<Text, String> text) throws XMLStreamException {
            xml.writeStartElement("info");
            element("language", language);
            for (String category : categories()) {
                element("category", category);
            }
            element("event", text(incident.headline(), text, incident.type()));
            if (isRetracted || incident.status() == Incident.Status.CLOSED) {
                element("responseType", "AllClear");
            }
            element("urgency", urgency());
            element("severity", severity());
            element("certainty", certainty());
            value("eventCode", "atalaya", incident.type());
            if (incident.eidoType() != null) {
                value("eventCode", "eido", incident.eidoType());
            }
            element("onset", LocalTimes.cap(incident.openedAt()));
            element("expires", LocalTimes.cap(expires()));
            element("senderName", sender);
            element("headline", text(incident.headline(), text, incident.type()));
            element("description", description(text));
            value("parameter", "incidentId", incident.incidentId());
            value("parameter", "revision", String.valueOf(incident.revision()));
            value("parameter", "priority", String.valueOf(incident.priority()));
            value("parameter", "status", incident.status().name());
            if (incident.plate() != null) {
                value("parameter", "plate", incident.plate());
            }
            area();
            xml.writeEndElement();
        }

        /** Of a warning those of its sender. */
        private List<String> categories() {
            Incident.Warning warning = incident.warning();
            return warning == null || warning.categories().isEmpty()
                    ? List.of(CATEGORIES.get(incident.kind()))
                    : warning.categories().stream().map(CapFormat::name).toList();
        }

        /** At least a second, CAP's smallest unit, after the message is sent. */
        private long expires() {
            long sent = queued.record().timestamp();
            return incident.expiresAt() == null
                    ? sent + expireAfter.toMillis()
                    : Math.max(sent + 1000, incident.expiresAt());
        }

        private String description(Function<Text, String> text) {
            StringBuilder lines = new StringBuilder();
            for (Incident.Event event : incident.events()) {
                lines.append(LocalTimes.cap(event.time()))
                        .append(' ')
                        .append(text(event.summary(), text, event.type()))
                        .append('\n');
            }
            return lines.isEmpty() ? incident.type() : lines.toString().stripTrailing();
        }

        private void area() throws XMLStreamException {
            Place place = incident.place();
            Incident.Warning warning = incident.warning();
            if (warning != null) {
                xml.writeStartElement("area");
                element("areaDesc", area(warning));
                xml.writeEndElement();
            }
            if (place == null) {
                return;
            }
            xml.writeStartElement("area");
            element("areaDesc", incident.site() == null ? STATE : incident.site());
            element(
                    "circle",
                    String.format(
                            Locale.ROOT,
                            "%.6f,%.6f %.3f",
                            place.latitude(),
                            place.longitude(),
                            place.radiusMetres() / 1000));
            xml.writeEndElement();
        }

        /** An area that is not known exactly excludes no part of the state. */
        private static String area(Incident.Warning warning) {
            return warning.stateWide() || warning.municipalities().isEmpty()
                    ? STATE
                    : String.join(", ", warning.municipalities());
        }

        private boolean isExercise() {
            return incident.events().stream().anyMatch(each -> each.type().endsWith(EXERCISE));
        }

        private String urgency() {
            if (isRetracted || incident.status() == Incident.Status.CLOSED) {
                return "Past";
            }
            if (incident.warning() != null) {
                return name(incident.warning().urgency());
            }
            return incident.priority() >= 70 ? "Immediate" : "Expected";
        }

        private String severity() {
            if (incident.warning() != null) {
                return name(incident.warning().severity());
            }
            if (incident.priority() >= 90) {
                return "Extreme";
            }
            if (incident.priority() >= 70) {
                return "Severe";
            }
            return incident.priority() >= 40 ? "Moderate" : "Minor";
        }

        private String certainty() {
            if (isRetracted) {
                return "Unlikely";
            }
            return incident.status() == Incident.Status.ON_SCENE ? "Observed" : "Likely";
        }

        /** Names with blanks are quoted. */
        private String incidents() {
            String id = incident.incidentId().replace('"', '\'');
            return id.chars().anyMatch(Character::isWhitespace) ? '"' + id + '"' : id;
        }

        private String text(Text text, Function<Text, String> language, String otherwise) {
            String found = text == null ? null : language.apply(text);
            return found == null || found.isBlank() ? otherwise : found;
        }

        private void value(String name, String key, String value) throws XMLStreamException {
            xml.writeStartElement(name);
            element("valueName", key);
            element("value", value);
            xml.writeEndElement();
        }

        private void element(String name, String text) throws XMLStreamException {
            xml.writeStartElement(name);
            xml.writeCharacters(printable(text));
            xml.writeEndElement();
        }
    }

    /** Without the characters that XML cannot hold. */
    private static String printable(String text) {
        return text.codePoints()
                .map(
                        c ->
                                c >= 0x20 && c < 0xFFFE || c == '\n' || c == '\t' || c > 0xFFFF
                                        ? c
                                        : '\uFFFD')
                .collect(StringBuilder::new, StringBuilder::appendCodePoint, StringBuilder::append)
                .toString();
    }
}
