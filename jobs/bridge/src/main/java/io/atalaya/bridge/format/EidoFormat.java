package io.atalaya.bridge.format;

import io.atalaya.bridge.delivery.QueuedMessage;
import io.atalaya.contracts.dispatch.DispatchMessage;
import io.atalaya.contracts.dispatch.Incident;
import io.atalaya.contracts.dispatch.Incident.Link.Relation;
import io.atalaya.contracts.dispatch.Place;
import io.atalaya.contracts.json.InvalidRecordException;
import io.atalaya.contracts.topic.HashId;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;

import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

/**
 * The incident as an Emergency Incident Data Object of NENA-STA-021.1b-2022, JSON. Only fields of
 * that version are written; {@code eido-profile.schema.json} has all of those that we write. A
 * component keeps its id in each EIDO of the incident.
 *
 * <p>Standard terms of EIDO's registries are used where it has one; what it has no field for is in
 * notes.
 */
public final class EidoFormat implements Format {
    private static final ObjectMapper JSON = new ObjectMapper();

    private static final String OTHER_TYPE = "INFO";

    /** Of EIDO's registry of incident status; the one for an incident without an answer is open. */
    private static final Map<Incident.Status, String> STATUS =
            Map.of(
                    Incident.Status.OPEN, "Active",
                    Incident.Status.ACKNOWLEDGED, "Active",
                    Incident.Status.ACCEPTED, "ResourcesAssigned",
                    Incident.Status.ON_SCENE, "ResourcesOnscene",
                    Incident.Status.CLOSED, "Closed",
                    Incident.Status.REOPENED, "ReOpened",
                    Incident.Status.CANCELLED, "Cancelled");

    private final String domain;

    /**
     * @param domain of the command centre
     */
    public EidoFormat(String domain) {
        this.domain = domain;
    }

    @Override
    public String contentType() {
        return "application/json";
    }

    @Override
    public byte[] body(QueuedMessage message) {
        try {
            return JSON.writeValueAsBytes(
                    new Document(DispatchMessage.CODEC.read(message.record().value())).root);
        } catch (InvalidRecordException | JsonProcessingException e) {
            throw new IllegalArgumentException(e);
        }
    }

    /** One EIDO. */
    private final class Document {
        private final Incident incident;
        private final ObjectNode root = JSON.createObjectNode();
        private final Set<String> noteNames = new HashSet<>();

        Document(DispatchMessage message) {
            incident = message.incident();
            prologue(root, incidentId(incident.incidentId()), incident.updatedAt());
            root.put("eidoVersion", "1.0");
            root.put("issuingElementIdentification", "atalaya." + domain);
            ObjectNode type = root.putObject("incidentComponent");
            relations();
            agencies();
            vehicle(type);
            incident(type, message);
            dispatch();
            removeEmptyLists(root);
        }

        /** NIEM's type of a vehicle has no plate, but EIDO's document has one in it. */
        private void vehicle(ObjectNode component) {
            if (incident.plate() == null) {
                return;
            }
            ObjectNode vehicle = root.putArray("vehicleComponent").addObject();
            prologue(vehicle, componentId("vehicle"), incident.openedAt());
            vehicle.putArray("vehicleRelationshipType").add("InvolvedVehicle");
            vehicle.put("vehicleRelationshipTimeStamp", LocalTimes.rfc3339(incident.openedAt()));
            vehicle.putObject("ncVehicleComponent")
                    .putObject("registrationPlateIdentification")
                    .putArray("identificationId")
                    .add(incident.plate());
            note(
                    vehicle.putArray("notesReference"),
                    "plate",
                    "Placa " + incident.plate(),
                    incident.openedAt());
            component.putArray("vehicleReference").addObject().put("$ref", componentId("vehicle"));
        }

        private void incident(ObjectNode component, DispatchMessage message) {
            prologue(component, componentId("incident"), incident.updatedAt());
            component.put("incidentTypeInternalCode", incident.type());
            if (incident.headline() != null && incident.headline().es() != null) {
                component.put("incidentTypeInternalText", incident.headline().es());
            }
            component.put(
                    "incidentTypeCommonRegistryText",
                    incident.eidoType() == null ? OTHER_TYPE : incident.eidoType());
            component.putArray("incidentStatusInternalText").add(incident.status().name());
            component
                    .putArray("incidentStatusCommonRegistryText")
                    .add(STATUS.get(incident.status()));
            component.put("internalIncidentId", incident.incidentId());
            component.put("incidentPriorityInternalText", String.valueOf(incident.priority()));
            component.put("incidentCommonPriorityNumber", Math.round(incident.priority() / 10f));
            ArrayNode locations = component.putArray("locationReference");
            if (incident.place() != null) {
                location("place", "CurrentIncident", incident.place(), incident.updatedAt());
                locations.addObject().put("$ref", componentId("place"));
            }
            if (!incident.route().isEmpty()) {
                Incident.RoutePoint first = incident.route().get(0);
                location("first-place", "InitialIncident", first.place(), first.time());
                locations.addObject().put("$ref", componentId("first-place"));
            }
            notes(component.putArray("notesReference"), message);
        }

        private void notes(ArrayNode references, DispatchMessage message) {
            String why = message.reason() == null ? "" : " (" + message.reason() + ")";
            note(references, "message", message.purpose() + why, incident.updatedAt());
            if (incident.headline() != null) {
                note(references, "headline-es", incident.headline().es(), incident.updatedAt());
                note(references, "headline-en", incident.headline().en(), incident.updatedAt());
            }
            for (Incident.Event event : incident.events()) {
                String summary = event.summary() == null ? null : event.summary().es();
                note(
                        references,
                        "event-" + event.eventId(),
                        event.type() + (summary == null ? "" : ": " + summary),
                        event.time());
            }
            for (Incident.RoutePoint point : incident.route()) {
                String where = point.deviceId() == null ? "" : point.deviceId() + ": ";
                where += point.place().latitude() + ", " + point.place().longitude();
                String name = "route-" + point.time() + "-" + where;
                note(references, name, where, point.time());
            }
            for (Incident.Note note : incident.notes()) {
                String who = note.operator() + (note.agency() == null ? "" : ", " + note.agency());
                String text = who + ": " + note.text();
                note(references, "note-" + note.time() + "-" + text, text, note.time());
            }
        }

        private void note(ArrayNode references, String name, String text, long time) {
            // A vehicle's plate and its tag are at one place at one time: the same note twice.
            if (text == null || text.isBlank() || !noteNames.add(name)) {
                return;
            }
            ObjectNode note = root.withArray("notesComponent").addObject();
            prologue(note, componentId(name), time);
            note.put("notesActionComments", html(text));
            references.addObject().put("$ref", componentId(name));
        }

        private void location(String name, String type, Place place, long time) {
            ObjectNode location = root.withArray("locationComponent").addObject();
            prologue(location, componentId(name), time);
            location.put("locationTypeDescriptionRegistryText", type);
            location.put("locationByValue", pidfLo(place));
        }

        private void relations() {
            for (Incident.Link link : incident.links()) {
                Relation relation = link.relation();
                boolean isMerge =
                        relation == Relation.REPLACED
                                || relation == Relation.REPLACING
                                || relation == Relation.SPLIT;
                ObjectNode component =
                        root.withArray(isMerge ? "mergeComponent" : "linkComponent").addObject();
                prologue(
                        component,
                        componentId(relation.name().toLowerCase(Locale.ROOT) + link.incidentId()),
                        incident.updatedAt());
                component.put("incidentTrackingIdentifier", incidentId(link.incidentId()));
                component.put(
                        isMerge ? "incidentMergeDirectionCode" : "linkDirectionCode",
                        relation.name());
            }
        }

        private void agencies() {
            ObjectNode own = root.putArray("agencyComponent").addObject();
            prologue(own, agencyId(), incident.openedAt());
            own.putArray("agencyRoleDescriptionRegistryText").add("Dispatching");
            own.put("incidentOwningAgencyIndicator", true);
            own.putArray("agencyType").add("psap");
            for (Incident.Assignment each : assignments()) {
                ObjectNode site = root.withArray("agencyComponent").addObject();
                prologue(site, siteId(each.site()), incident.openedAt());
                site.putArray("agencyRoleDescriptionRegistryText").add("Dispatched");
                site.putArray("agencyType").add("psap");
            }
        }

        private void dispatch() {
            for (Incident.Assignment each : assignments()) {
                ObjectNode dispatch = root.withArray("dispatchComponent").addObject();
                String name = "dispatch-" + each.site() + "-" + each.epoch();
                prologue(dispatch, componentId(name), incident.updatedAt());
                dispatch.putObject("agencyReference").put("$ref", siteId(each.site()));
                String text = each.state().name();
                text += each.position() == null ? "" : ", " + each.position();
                text += each.cadNumber() == null ? "" : ", CAD " + each.cadNumber();
                note(
                        dispatch.putArray("notesReference"),
                        name + "-note",
                        text,
                        incident.updatedAt());
            }
        }

        private List<Incident.Assignment> assignments() {
            if (!incident.assignments().isEmpty()) {
                return incident.assignments();
            }
            return incident.assignment() == null ? List.of() : List.of(incident.assignment());
        }

        private void prologue(ObjectNode component, String id, long time) {
            component.put("$id", id);
            component.put("lastUpdateTimeStamp", LocalTimes.rfc3339(time));
            component.putObject("updatedByAgencyReference").put("$ref", agencyId());
        }

        private String componentId(String name) {
            return "urn:emergency:uid:eidodatacomponent:"
                    + HashId.of("eido", incident.incidentId(), name)
                    + ":"
                    + domain;
        }

        private String siteId(String site) {
            return site.toLowerCase(Locale.ROOT) + "." + domain;
        }
    }

    /** An empty list says nothing. */
    private static void removeEmptyLists(JsonNode node) {
        if (node.isObject()) {
            ((ObjectNode) node)
                    .properties()
                    .removeIf(each -> each.getValue().isArray() && each.getValue().isEmpty());
        }
        node.forEach(EidoFormat::removeEmptyLists);
    }

    private String agencyId() {
        return domain;
    }

    private String incidentId(String id) {
        return "urn:emergency:uid:incidentid:" + id + ":" + domain;
    }

    /** A circle in a presence document (RFC 5491); of no radius a point. */
    private String pidfLo(Place place) {
        String pos = "<gml:pos>" + place.latitude() + " " + place.longitude() + "</gml:pos>";
        String srs = " srsName=\"urn:ogc:def:crs:EPSG::4326\"";
        String shape =
                place.radiusMetres() == 0
                        ? "<gml:Point" + srs + ">" + pos + "</gml:Point>"
                        : "<gs:Circle"
                                + srs
                                + ">"
                                + pos
                                + "<gs:radius uom=\"urn:ogc:def:uom:EPSG::9001\">"
                                + place.radiusMetres()
                                + "</gs:radius></gs:Circle>";
        return "<presence xmlns=\"urn:ietf:params:xml:ns:pidf\""
                + " xmlns:gp=\"urn:ietf:params:xml:ns:pidf:geopriv10\""
                + " xmlns:gml=\"http://www.opengis.net/gml\""
                + " xmlns:gs=\"http://www.opengis.net/pidflo/1.0\""
                + " entity=\"pres:incident@"
                + domain
                + "\"><tuple id=\"place\"><status>"
                + "<gp:geopriv><gp:location-info>"
                + shape
                + "</gp:location-info><gp:usage-rules/></gp:geopriv></status></tuple></presence>";
    }

    /** Notes are HTML, so that a note must not be able to bring its own. */
    private static String html(String text) {
        return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;");
    }
}
