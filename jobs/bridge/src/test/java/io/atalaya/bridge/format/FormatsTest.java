package io.atalaya.bridge.format;

import io.atalaya.bridge.DispatchRecords;
import io.atalaya.bridge.delivery.QueuedMessage;
import io.atalaya.contracts.dispatch.DispatchMessage;
import io.atalaya.contracts.dispatch.DispatchMessage.Purpose;
import io.atalaya.contracts.dispatch.Incident;
import io.atalaya.contracts.dispatch.Incident.Kind;
import io.atalaya.contracts.dispatch.Incident.Link.Relation;
import io.atalaya.contracts.dispatch.Incident.Status;
import io.atalaya.contracts.dispatch.Place;
import io.atalaya.contracts.text.Text;
import io.atalaya.contracts.warning.PublicWarning.Category;
import io.atalaya.contracts.warning.PublicWarning.Severity;
import io.atalaya.contracts.warning.PublicWarning.Urgency;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.w3c.dom.Element;

import java.io.IOException;
import java.time.Duration;
import java.util.List;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

class FormatsTest {
    /** In July, in which there is no summer time. */
    private static final long JULY = 1_783_684_800_000L;

    private static final EidoFormat EIDO = new EidoFormat("c5.example");
    private static final CapFormat CAP = new CapFormat("c5.example", Duration.ofHours(24));
    private static final CloudEventFormat EVENT = new CloudEventFormat();
    private static final ObjectMapper JSON = new ObjectMapper();

    private static QueuedMessage message(Purpose purpose, Incident incident) {
        return DispatchRecords.queued(new DispatchMessage(purpose, 1, null, incident));
    }

    private static QueuedMessage button() {
        return message(Purpose.ASSIGN, DispatchRecords.incident("f13f9a62", JULY, 85, List.of()));
    }

    private static Element cap(QueuedMessage message) throws Exception {
        return Documents.parse(CAP.body(message)).getDocumentElement();
    }

    @Test
    void aCloudEventHoldsTheRecord() throws IOException {
        JsonNode event = JSON.readTree(EVENT.body(button()));

        assertThat(event.get("id").asText()).isEqualTo("f13f9a62:" + JULY + ":ASSIGN");
        assertThat(event.get("type").asText()).isEqualTo("io.atalaya.dispatch.assign");
        assertThat(event.get("subject").asText()).isEqualTo("f13f9a62");
        assertThat(event.get("data")).isEqualTo(JSON.readTree(button().record().value()));
        assertThat(new String(EVENT.body(button()), UTF_8))
                .as("byte for byte")
                .contains(new String(button().record().value(), UTF_8));
    }

    @Test
    void anEidoHasTheIncident() throws IOException {
        JsonNode eido = JSON.readTree(EIDO.body(button()));

        assertThat(Documents.eidoFaults(EIDO.body(button()))).isEmpty();
        assertThat(eido.get("$id").asText())
                .isEqualTo("urn:emergency:uid:incidentid:f13f9a62:c5.example");
        JsonNode incident = eido.get("incidentComponent");
        assertThat(incident.get("incidentTypeCommonRegistryText").asText()).isEqualTo("ALMH");
        assertThat(incident.get("incidentCommonPriorityNumber").asInt()).isEqualTo(9);
        assertThat(incident.get("lastUpdateTimeStamp").asText())
                .isEqualTo("2026-07-10T06:00:00.000-06:00");
        assertThat(eido.at("/locationComponent/0/locationByValue").asText())
                .contains("<gml:pos>19.29 -99.65</gml:pos>");
    }

    @Test
    void theVehicleHasItsPlate() throws Exception {
        QueuedMessage vehicle =
                message(
                        Purpose.ASSIGN,
                        incident("i", Kind.VEHICLE, Status.OPEN, null, 85, null, "Robo", "Theft"));
        JsonNode eido = JSON.readTree(EIDO.body(vehicle));

        assertThat(
                        eido.at(
                                        "/vehicleComponent/0/ncVehicleComponent/registrationPlateIdentification/identificationId/0")
                                .asText())
                .isEqualTo("NKR<&4816");
        assertThat(eido.at("/incidentComponent/vehicleReference/0/$ref"))
                .isEqualTo(eido.at("/vehicleComponent/0/$id"));
        assertThat(eido.at("/notesComponent/0/notesActionComments").asText())
                .isEqualTo("Placa NKR&lt;&amp;4816");
        assertThat(Documents.texts(cap(vehicle), "value")).contains("NKR<&4816");
    }

    /** What else is sent is of use as long as it would be sent again. */
    @ParameterizedTest
    @CsvSource({"PUBLIC_WARNING, 2026-07-10T06:01:00-06:00", "PLACE, 2026-07-11T06:00:00-06:00"})
    void aWarningExpiresWhenItsSenderSays(Kind kind, String expires) throws Exception {
        QueuedMessage warning =
                message(
                        Purpose.ASSIGN,
                        incident("i", kind, Status.OPEN, null, 95, null, "Sismo", "Quake"));

        assertThat(Documents.texts(cap(warning), "expires")).containsExactly(expires, expires);
    }

    @ParameterizedTest
    @CsvSource({"true, Estado de México", "false, 'Toluca, Lerma'"})
    void aWarningHasWhatItsSenderSaysAndAnArea(boolean isStateWide, String area) throws Exception {
        Place place = isStateWide ? null : new Place(19.29, -99.65, 20);
        QueuedMessage warning =
                message(
                        Purpose.ASSIGN,
                        incident(
                                "i",
                                Kind.PUBLIC_WARNING,
                                Status.OPEN,
                                null,
                                95,
                                place,
                                "Sismo",
                                "Lerma"));

        assertThat(Documents.capFaults(CAP.body(warning))).isEmpty();
        assertThat(Documents.texts(cap(warning), "category")).contains("Geo", "CBRNE");
        assertThat(Documents.texts(cap(warning), "urgency")).containsOnly("Expected");
        assertThat(Documents.texts(cap(warning), "severity")).containsOnly("Moderate");
        assertThat(Documents.texts(cap(warning), "areaDesc")).contains(area);
    }

    @Test
    void componentsKeepTheirIds() throws IOException {
        JsonNode first = JSON.readTree(EIDO.body(button()));
        QueuedMessage later =
                message(
                        Purpose.UPDATE,
                        DispatchRecords.incident("f13f9a62", JULY + 1000, 85, List.of()));

        assertThat(JSON.readTree(EIDO.body(later)).findValuesAsText("$id"))
                .isEqualTo(first.findValuesAsText("$id"));
    }

    /** A misspelt optional field passes the published schema. */
    @Test
    void theProfileFindsAMisspeltField() throws IOException {
        ObjectNode eido = (ObjectNode) JSON.readTree(EIDO.body(button()));
        eido.putArray("alarmsSensorComponent");

        assertThat(Documents.eidoFaults(JSON.writeValueAsBytes(eido)))
                .singleElement()
                .asString()
                .startsWith("profile: ")
                .contains("alarmsSensorComponent");
    }

    @Test
    void anEidoWithoutARequiredFieldIsFoundByBothSchemas() throws IOException {
        assumeTrue(Documents.arePublishedHere(), "the published schema is not here");
        ObjectNode eido = (ObjectNode) JSON.readTree(EIDO.body(button()));
        ((ObjectNode) eido.get("incidentComponent")).remove("incidentTypeCommonRegistryText");

        assertThat(Documents.eidoFaults(JSON.writeValueAsBytes(eido)))
                .hasSize(2)
                .allMatch(fault -> fault.contains("incidentTypeCommonRegistryText"));
    }

    @Test
    void aCapMessageSaysTheSameInBothLanguages() throws Exception {
        Element alert = cap(button());

        assertThat(Documents.capFaults(CAP.body(button()))).isEmpty();
        assertThat(Documents.texts(alert, "headline"))
                .containsExactly("Botón de pánico", "Panic button");
        assertThat(Documents.text(alert, "sent")).isEqualTo("2026-07-10T06:00:00-06:00");
        assertThat(Documents.text(alert, "circle")).isEqualTo("19.290000,-99.650000 0.020");
        assertThat(Documents.text(alert, "severity")).isEqualTo("Severe");
    }

    @ParameterizedTest
    @CsvSource({"UPDATE, Update", "REMINDER, Update", "RETRACTION, Cancel", "WITHDRAWN, Cancel"})
    void aLaterCapMessageNamesTheOneBeforeIt(Purpose purpose, String type) throws Exception {
        QueuedMessage later =
                message(purpose, DispatchRecords.incident("f13f9a62", JULY + 60_000, 85, List.of()))
                        .after(button().sent());
        Element alert = cap(later);

        assertThat(Documents.capFaults(CAP.body(later))).isEmpty();
        assertThat(Documents.text(alert, "msgType")).isEqualTo(type);
        assertThat(Documents.text(alert, "references"))
                .isEqualTo(
                        "c5.example,"
                                + Documents.text(cap(button()), "identifier")
                                + ",2026-07-10T06:00:00-06:00");
    }

    @Test
    void faultsOfACapMessageAreFound() throws IOException {
        String cap = new String(CAP.body(button()), UTF_8);

        assertThat(Documents.capFaults(cap.replace("-06:00</sent>", "Z</sent>").getBytes(UTF_8)))
                .isNotEmpty();
        assertThat(Documents.capFaults(cap.replace("19.290000,-", "19.29 ").getBytes(UTF_8)))
                .isNotEmpty();
        assertThat(Documents.capFaults(cap.replace(">Alert<", ">Update<").getBytes(UTF_8)))
                .isNotEmpty();
        assertThat(Documents.capFaults(cap.replace("<restriction>", "<note>").getBytes(UTF_8)))
                .isNotEmpty();
    }

    @Property(tries = 100)
    void everyIncidentGivesValidDocuments(@ForAll("messages") QueuedMessage message)
            throws IOException {
        assertThat(Documents.eidoFaults(EIDO.body(message))).isEmpty();
        assertThat(Documents.capFaults(CAP.body(message))).isEmpty();
        assertThat(JSON.readTree(EVENT.body(message)).get("data"))
                .isEqualTo(JSON.readTree(message.record().value()));
    }

    @Provide
    Arbitrary<QueuedMessage> messages() {
        Arbitrary<Purpose> purposes = Arbitraries.of(Purpose.class);
        return Combinators.combine(purposes, incidents()).as(FormatsTest::message);
    }

    /** With any characters where persons or other systems write. */
    private static Arbitrary<Incident> incidents() {
        Arbitrary<String> ids =
                Arbitraries.strings()
                        .alpha()
                        .numeric()
                        .withChars(" ,<&\":/Ñ")
                        .ofMinLength(1)
                        .ofMaxLength(20)
                        .filter(id -> !id.isBlank());
        Arbitrary<String> texts =
                Arbitraries.strings()
                        .all()
                        .excludeChars(halves())
                        .ofMaxLength(20)
                        .filter(text -> !text.isBlank());
        Arbitrary<Place> places =
                Combinators.combine(
                                Arbitraries.doubles().between(1, 80),
                                Arbitraries.doubles().between(-180, -1),
                                Arbitraries.doubles().between(0, 5000))
                        .as(Place::new)
                        .injectNull(0.2);
        Arbitrary<Incident> plain =
                Combinators.combine(
                                ids,
                                Arbitraries.of(Kind.class),
                                Arbitraries.of(Status.class),
                                Arbitraries.of("ALMH", null),
                                Arbitraries.integers().between(0, 100),
                                places,
                                texts.injectNull(0.2),
                                texts)
                        .as(FormatsTest::incident);
        return plain;
    }

    private static Incident.Warning warning(boolean isStateWide, String municipality) {
        return new Incident.Warning(
                List.of(Category.GEO, Category.CBRNE),
                Urgency.EXPECTED,
                Severity.MODERATE,
                false,
                isStateWide,
                isStateWide ? List.of() : List.of("Toluca", municipality));
    }

    private static char[] halves() {
        char[] halves = new char[0x800];
        for (int i = 0; i < halves.length; i++) {
            halves[i] = (char) (0xD800 + i);
        }
        return halves;
    }

    private static Incident incident(
            String id,
            Kind kind,
            Status status,
            String eidoType,
            int priority,
            Place place,
            String spanish,
            String text) {
        Text.Translation both = new Text.Translation(spanish, text);
        return new Incident(
                id,
                JULY,
                kind,
                "other",
                eidoType,
                status,
                JULY - 5000,
                JULY,
                kind == Kind.PUBLIC_WARNING ? JULY + 60_000 : null,
                place,
                place == null
                        ? List.of()
                        : List.of(
                                new Incident.RoutePoint(JULY - 1000, null, place),
                                new Incident.RoutePoint(JULY - 1000, null, place),
                                new Incident.RoutePoint(JULY - 500, id, place)),
                kind == Kind.VEHICLE ? "NKR<&4816" : null,
                place == null ? null : "TOLUCA",
                new Incident.Assignment(
                        "TOLUCA", null, 2, Incident.Assignment.State.ACCEPTED, text, id),
                List.of(),
                priority,
                List.of(),
                spanish == null ? null : both,
                List.of(
                        new Incident.Event(id, "calls", "10104", JULY - 5000, both),
                        new Incident.Event(id + "2", "calls", "SILENT", JULY - 4000, null)),
                List.of(
                        new Incident.Link(Relation.REPLACED, id + "b"),
                        new Incident.Link(Relation.RELATED, id + "c"),
                        new Incident.Link(Relation.SPLIT, id + "b")),
                List.of(),
                List.of(
                        new Incident.Note(JULY, text + "x", null, text + "y"),
                        new Incident.Note(JULY, text + "x", "FGJEM", text + "y")),
                null,
                kind == Kind.PUBLIC_WARNING ? warning(place == null, text) : null,
                false,
                List.of());
    }
}
