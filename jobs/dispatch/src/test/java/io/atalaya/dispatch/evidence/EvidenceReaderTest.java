package io.atalaya.dispatch.evidence;

import io.atalaya.contracts.alert.Alert;
import io.atalaya.contracts.alert.Alert.Status;
import io.atalaya.contracts.alert.AlertType;
import io.atalaya.contracts.alert.ConvoyEvidence;
import io.atalaya.contracts.alert.HotlistEvidence;
import io.atalaya.contracts.device.Device;
import io.atalaya.contracts.dispatch.Call;
import io.atalaya.contracts.dispatch.Decision;
import io.atalaya.contracts.dispatch.EventId;
import io.atalaya.contracts.dispatch.Place;
import io.atalaya.contracts.hotlist.HotlistEntry;
import io.atalaya.contracts.text.Message;
import io.atalaya.contracts.text.MessageCode;
import io.atalaya.contracts.text.Text;
import io.atalaya.dispatch.TestPolicy;
import io.atalaya.dispatch.evidence.Evidence.AlertReference;
import io.atalaya.dispatch.fusion.IncidentEvent.Subject;
import io.atalaya.dispatch.policy.Policy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import java.util.List;

import static org.assertj.core.api.Assertions.assertThat;

class EvidenceReaderTest {
    private static final long TIME = 1_772_539_200_000L;
    private static final Policy POLICY = TestPolicy.withPolygons();

    private final EvidenceReader reader = new EvidenceReader(POLICY);

    private static Alert alert(
            AlertType type,
            Status status,
            Alert.Place place,
            Alert.Subject subject,
            io.atalaya.contracts.alert.Evidence evidence,
            HotlistEntry entry,
            Alert.Disclosure disclosure) {
        return new Alert(
                new Alert.Identity("5f1c9a7b", type),
                new Alert.Emission(TIME + 900, TIME + 800, TIME + 950),
                new Alert.Lifecycle(
                        status, TIME, TIME, status == Status.ENDED ? (Long) (TIME + 700) : null),
                place,
                subject,
                new Alert.Assessment(
                        Alert.Action.ALERT, 0.9, 60, new Text.Translation("Titular", "Headline")),
                evidence,
                entry,
                disclosure);
    }

    private static Alert match(
            String reason, boolean isRetrospective, Alert.Disclosure disclosure) {
        HotlistEntry entry =
                new HotlistEntry(
                        "E-1",
                        "NKR-48-16",
                        null,
                        null,
                        null,
                        null,
                        reason,
                        "CASE",
                        "FGJEM",
                        "fgjem-daily",
                        80,
                        null,
                        null,
                        null,
                        null,
                        null,
                        false,
                        List.of());
        return alert(
                AlertType.HOTLIST_MATCH,
                Status.NEW,
                new Alert.Place("TOLUCA", new Alert.Device("ARCH-7", 19.3, -99.7)),
                new Alert.Subject("NKR-48-16", "E-1", List.of()),
                new HotlistEvidence(
                        List.of(),
                        List.of(),
                        null,
                        null,
                        List.of(),
                        1,
                        List.of(),
                        isRetrospective,
                        null),
                entry,
                disclosure);
    }

    private static Alert camera(AlertType type, Status status, Double latitude, Double longitude) {
        return alert(
                type,
                status,
                new Alert.Place(null, new Alert.Device("CAM-1", latitude, longitude)),
                Alert.Subject.NONE,
                null,
                null,
                Alert.Disclosure.EVERYONE);
    }

    private static Evidence accepted(Outcome outcome) {
        return ((Outcome.Accepted) outcome).evidence();
    }

    @Test
    void readsAMatchAsEvidenceAboutItsVehicle() {
        Evidence evidence =
                accepted(reader.read(match("KIDNAPPING", false, Alert.Disclosure.EVERYONE), null));

        assertThat(evidence.eventId()).isEqualTo("alert:5f1c9a7b");
        assertThat(evidence.event().kind()).isEqualTo("kidnapping");
        assertThat(evidence.event().subject()).isEqualTo(Subject.VEHICLE);
        assertThat(evidence.event().time()).isEqualTo(TIME);
        assertThat(evidence.event().place()).isEqualTo(new Place(19.3, -99.7, 20));
        assertThat(evidence.event().keys()).containsExactlyInAnyOrder("plate:NKR4816", "entry:E-1");
        assertThat(evidence.event().restriction()).isNull();
        assertThat(evidence.revision()).isEqualTo(TIME + 900);
        assertThat(evidence.alert())
                .isEqualTo(new AlertReference("5f1c9a7b", "E-1", "fgjem-daily", "NKR-48-16"));
        assertThat(evidence.summary()).isEqualTo(new Text.Translation("Titular", "Headline"));
        assertThat(evidence.origin().site()).isEqualTo("TOLUCA");
        assertThat(evidence.origin().municipality()).isEqualTo("Toluca");
        assertThat(evidence.weight().entryPriority()).isEqualTo(80);
        assertThat(evidence.weight().score()).isEqualTo(0.9);
    }

    /** The incident goes on, and a message that assigns it must not read as if it were over. */
    @Test
    void anEntryThatHasEndedDoesNotEndItsIncident() {
        Alert listed = match("STOLEN_VEHICLE", false, Alert.Disclosure.EVERYONE);
        Alert ended =
                new Alert(
                        listed.identity(),
                        listed.emission(),
                        new Alert.Lifecycle(Status.ENDED, TIME, TIME, TIME + 700),
                        listed.place(),
                        listed.subject(),
                        new Alert.Assessment(
                                Alert.Action.ALERT,
                                0.9,
                                60,
                                Message.of(
                                        MessageCode.HOTLIST_MATCH_ENDED,
                                        Message.of(MessageCode.STOLEN_VEHICLE),
                                        "NKR-48-16",
                                        "ARCH-7")),
                        listed.evidence(),
                        listed.entry(),
                        listed.disclosure());

        assertThat(accepted(reader.read(ended, null)).summary())
                .isEqualTo(
                        new Text.Translation(
                                "Vehículo robado: NKR-48-16 en ARCH-7; ya no está en la lista",
                                "Stolen vehicle: NKR-48-16 at ARCH-7; no longer listed"));
    }

    @Test
    void writesAPlateTheSameHoweverItIsWritten() {
        assertThat(EvidenceReader.plateKey("qdi-48-16"))
                .isEqualTo(EvidenceReader.plateKey("0O 1 4816"));
    }

    @ParameterizedTest
    @CsvSource({
        "STOLEN_VEHICLE, stolen-vehicle",
        "NEVER_HEARD_OF, listed-vehicle",
    })
    void findsTheKindOfAReason(String reason, String kind) {
        Evidence evidence =
                accepted(reader.read(match(reason, false, Alert.Disclosure.EVERYONE), null));

        assertThat(evidence.event().kind()).isEqualTo(kind);
    }

    @Test
    void losesNothingThatThePolicyDoesNotName() {
        Policy policy = TestPolicy.with("kinds", "alerts: [crowd]", "alerts: []");

        Evidence evidence =
                accepted(
                        new EvidenceReader(policy)
                                .read(camera(AlertType.CROWD, Status.NEW, 19.3, -99.7), null));

        assertThat(evidence.event().kind()).isEqualTo("other");
        assertThat(evidence.event().subject()).isEqualTo(Subject.PLACE);
    }

    @Test
    void restrictsCovertMatchesToTheSameText() {
        Alert.Disclosure some = new Alert.Disclosure(true, List.of("b", "a"));

        Evidence first = accepted(reader.read(match("KIDNAPPING", false, some), null));
        Evidence second =
                accepted(
                        reader.read(
                                match(
                                        "KIDNAPPING",
                                        false,
                                        new Alert.Disclosure(true, List.of("a", "b"))),
                                null));
        Evidence other =
                accepted(
                        reader.read(
                                match(
                                        "KIDNAPPING",
                                        false,
                                        new Alert.Disclosure(true, List.of("a"))),
                                null));

        assertThat(first.notified()).containsExactly("b", "a");
        assertThat(first.event().restriction())
                .isNotNull()
                .isEqualTo(second.event().restriction())
                .isNotEqualTo(other.event().restriction());
    }

    @Test
    void suppressesACovertMatchWithoutRecipients() {
        Outcome outcome =
                reader.read(
                        match("KIDNAPPING", false, new Alert.Disclosure(true, List.of())), null);

        assertThat(decision(outcome).reason()).isEqualTo("covert-without-recipient");
    }

    @Test
    void keepsThatAMatchIsRetrospective() {
        Evidence evidence =
                accepted(reader.read(match("KIDNAPPING", true, Alert.Disclosure.EVERYONE), null));

        assertThat(evidence.event().isRetrospective()).isTrue();
    }

    @ParameterizedTest
    @CsvSource({
        "CROWD, CANCELLED, true",
        "CROWD, ENDED, false",
        "CROWD, UPDATED, false",
        "CAMERA_SILENT, ENDED, true",
        "CAMERA_SILENT, UPDATED, false",
    })
    void endsFaultsAndCancelledAlerts(AlertType type, Status status, boolean isOver) {
        Evidence evidence = accepted(reader.read(camera(type, status, 19.3, -99.7), null));

        assertThat(evidence.event().isCancelled()).isEqualTo(isOver);
    }

    @Test
    void linksFaultsByDeviceAndScenesByPlaceIfThereIsOne() {
        assertThat(keys(camera(AlertType.CAMERA_SILENT, Status.NEW, 19.3, -99.7)))
                .containsExactly("device:CAM-1");
        assertThat(keys(camera(AlertType.CROWD, Status.NEW, 19.3, -99.7))).isEmpty();
        assertThat(keys(camera(AlertType.CROWD, Status.NEW, 0.0, 0.0)))
                .containsExactly("device:CAM-1");
    }

    private Iterable<String> keys(Alert alert) {
        return accepted(reader.read(alert, null)).event().keys();
    }

    @Test
    void linksAConvoyToTheListedVehicleOnly() {
        Alert convoy =
                alert(
                        AlertType.CONVOY,
                        Status.NEW,
                        Alert.Place.NONE,
                        new Alert.Subject("AAA-11-11", "E-1", List.of()),
                        new ConvoyEvidence(
                                List.of(),
                                List.of(),
                                new ConvoyEvidence.Listed("E-1", "NKR-48-16"),
                                "AAA-11-11",
                                List.of(),
                                List.of()),
                        null,
                        Alert.Disclosure.EVERYONE);

        assertThat(keys(convoy)).containsExactlyInAnyOrder("plate:NKR4816", "entry:E-1");
    }

    @Test
    void prefersTheRegistrationOfADevice() {
        Device registered =
                new Device(
                        "CAM-1",
                        Device.Kind.CAMERA,
                        "ECATEPEC",
                        "Lerma",
                        19.31,
                        -99.7,
                        null,
                        null,
                        null,
                        null);

        Evidence placed =
                accepted(reader.read(camera(AlertType.CROWD, Status.NEW, 19.3, -99.7), registered));
        Evidence unplaced =
                accepted(reader.read(camera(AlertType.CROWD, Status.NEW, null, null), registered));

        assertThat(placed.origin().site()).isEqualTo("ECATEPEC");
        assertThat(placed.origin().municipality()).isEqualTo("Lerma");
        assertThat(unplaced.event().place()).isEqualTo(new Place(19.31, -99.7, 20));
    }

    private static Call.Emergency call(
            String code, Place place, boolean isSilent, boolean isHangUp) {
        return new Call.Emergency(
                "C-1",
                TIME,
                code,
                place,
                null,
                "Soy Ana, 722 123 4567",
                "es-MX",
                "P-88412",
                "TOL-1",
                isSilent,
                isHangUp,
                null);
    }

    @ParameterizedTest
    @CsvSource({
        "10104, crash",
        "10199, medical",
        "20101, civil-protection",
        "30101, security",
        "60101, service",
        ", other",
    })
    void findsTheLongestCodeOfACall(String code, String kind) {
        Evidence evidence = accepted(reader.read(call(code, null, false, false), TIME));

        assertThat(evidence.event().kind()).isEqualTo(kind);
    }

    @Test
    void saysNothingOfTheCaller() {
        Evidence evidence =
                accepted(
                        reader.read(
                                call("30101", new Place(19.6, -99.05, 200), true, false),
                                TIME + 700));

        assertThat(evidence.toString()).doesNotContain("Ana", "722", "P-88412");
        assertThat(evidence.eventId()).isEqualTo("call:C-1");
        assertThat(evidence.revision()).isEqualTo(TIME + 700);
        assertThat(evidence.event().place()).isEqualTo(new Place(19.6, -99.05, 200));
        assertThat(evidence.event().keys()).containsExactly("cad:TOL-1");
        assertThat(evidence.origin().site()).isEqualTo("ECATEPEC");
        assertThat(evidence.summary())
                .isEqualTo(
                        new Text.Translation("Seguridad, llamada muda", "Security, silent call"));
    }

    @Test
    void keepsTheNumbersOfTwoSitesApart() {
        Call.Emergency call = call("30101", null, false, false);
        Call.Emergency ofToluca =
                new Call.Emergency(
                        "C-2",
                        TIME,
                        "30101",
                        null,
                        null,
                        null,
                        null,
                        null,
                        call.cadNumber(),
                        false,
                        false,
                        "TOLUCA");

        assertThat(accepted(reader.read(ofToluca, TIME)).event().keys())
                .containsExactly("cad:TOLUCA/TOL-1");
    }

    @Test
    void trustsACallLessThatEndedBeforeAnybodySpoke() {
        Evidence evidence = accepted(reader.read(call(null, null, false, true), TIME));

        assertThat(evidence.weight().score()).isEqualTo(0.5);
        assertThat(evidence.type()).isEqualTo("UNCLASSIFIED");
    }

    @Test
    void doesNotTrustAClockThatIsAhead() {
        Evidence evidence = accepted(reader.read(call("30101", null, false, false), TIME - 6_000));

        assertThat(evidence.event().time()).isEqualTo(TIME - 6_000);
    }

    @Test
    void readsAnAnonymousReport() {
        Evidence evidence =
                accepted(
                        reader.read(
                                new Call.AnonymousReport(
                                        "089-1",
                                        TIME,
                                        "30199",
                                        new Place(19.3, -99.7, 2_000),
                                        null,
                                        "Venta de droga",
                                        "es-MX"),
                                TIME));

        assertThat(evidence.event().kind()).isEqualTo("security");
        assertThat(evidence.event().keys()).isEmpty();
        assertThat(evidence.origin().site()).isEqualTo("TOLUCA");
    }

    @Test
    void countsNuisanceCallsAndWithdrawsWhatTheySeemedToBe() {
        Outcome outcome = reader.read(call("70101", null, false, false), TIME + 700);

        Decision decision = decision(outcome);
        assertThat(decision.kind()).isEqualTo(Decision.Kind.SUPPRESSED);
        assertThat(decision.reason()).isEqualTo("nuisance-call");
        assertThat(decision.eventId()).isEqualTo("call:C-1");
        assertThat(decision.policyVersion()).isEqualTo(POLICY.version());
        Evidence withdrawn = ((Outcome.Suppressed) outcome).withdrawn();
        assertThat(withdrawn.eventId()).isEqualTo("call:C-1");
        assertThat(withdrawn.event().isCancelled()).isTrue();
    }

    @Test
    void suppressesNuisanceCallsWhateverThePolicySays() {
        Policy policy = TestPolicy.with("kinds", "cnie: [\"7\"]", "cnie: []");

        Outcome outcome = new EvidenceReader(policy).read(call("70101", null, false, false), TIME);

        assertThat(decision(outcome).reason()).isEqualTo("nuisance-call");
    }

    private static Decision decision(Outcome outcome) {
        return ((Outcome.Suppressed) outcome).decision();
    }

    @Test
    void hashesIdsOfDecisionsThatWouldBeTooLong() {
        String id = EventId.of(EventId.Source.CALL, "x".repeat(123));

        assertThat(SuppressionReason.NO_RULE.decision("call:1", TIME, null, "1").decisionId())
                .isEqualTo("call:1/no-rule");
        assertThat(SuppressionReason.NO_RULE.decision(id, TIME, null, "1").decisionId())
                .hasSize(32);
    }
}
