package io.atalaya.dispatch.evidence;

import io.atalaya.contracts.text.Text;
import io.atalaya.contracts.warning.PublicWarning;
import io.atalaya.contracts.warning.PublicWarning.Area;
import io.atalaya.contracts.warning.PublicWarning.Category;
import io.atalaya.contracts.warning.PublicWarning.Certainty;
import io.atalaya.contracts.warning.PublicWarning.Circle;
import io.atalaya.contracts.warning.PublicWarning.Info;
import io.atalaya.contracts.warning.PublicWarning.MessageType;
import io.atalaya.contracts.warning.PublicWarning.NamedValue;
import io.atalaya.contracts.warning.PublicWarning.Point;
import io.atalaya.contracts.warning.PublicWarning.Reference;
import io.atalaya.contracts.warning.PublicWarning.Scope;
import io.atalaya.contracts.warning.PublicWarning.Severity;
import io.atalaya.contracts.warning.PublicWarning.Status;
import io.atalaya.contracts.warning.PublicWarning.Urgency;
import io.atalaya.dispatch.TestPolicy;
import io.atalaya.dispatch.fusion.IncidentEvent.Subject;
import io.atalaya.dispatch.policy.Policy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;

import static org.assertj.core.api.Assertions.assertThat;

class WarningReaderTest {
    private static final String SASMEX = "cires.org.mx";
    private static final String WEATHER = "smn.conagua.gob.mx";
    private static final long SENT = 1_694_447_062_000L;
    private static final long HOUR = 3_600_000;
    private static final Policy POLICY = TestPolicy.withPolygons();

    private WarningReader reader = new WarningReader(POLICY);
    private SenderState state;

    private static final Map<String, String> HEADLINES =
            Map.of(
                    "es-MX", "Alerta sísmica",
                    "en-US", "Earthquake",
                    "es", "SIMULACRO Alerta sísmica",
                    "en", "Drill of an earthquake");

    /** A message that is changed step by step. */
    private record Message(
            String identifier,
            String sender,
            long sent,
            Status status,
            MessageType type,
            Scope scope,
            List<Reference> references,
            Severity severity,
            Urgency urgency,
            Long expires,
            List<Area> areas,
            List<String> languages) {

        PublicWarning warning() {
            List<Info> infos = languages.stream().map(this::info).toList();
            return new PublicWarning(
                    identifier,
                    sender,
                    sent,
                    status,
                    type,
                    scope,
                    null,
                    null,
                    null,
                    null,
                    references,
                    infos,
                    List.of());
        }

        private Info info(String language) {
            return new Info(
                    language,
                    List.of(Category.GEO),
                    "Sismo",
                    List.of(),
                    urgency,
                    severity,
                    Certainty.OBSERVED,
                    List.of(),
                    null,
                    null,
                    expires,
                    null,
                    HEADLINES.get(language),
                    null,
                    null,
                    null,
                    null,
                    List.of(),
                    areas);
        }

        Message of(String otherIdentifier, long otherSent) {
            return new Message(
                    otherIdentifier,
                    sender,
                    otherSent,
                    status,
                    type,
                    scope,
                    references,
                    severity,
                    urgency,
                    expires,
                    areas,
                    languages);
        }

        Message of(MessageType otherType, Reference... others) {
            return new Message(
                    identifier,
                    sender,
                    sent,
                    status,
                    otherType,
                    scope,
                    List.of(others),
                    severity,
                    urgency,
                    expires,
                    areas,
                    languages);
        }

        Message of(Status otherStatus, Scope otherScope) {
            return new Message(
                    identifier,
                    sender,
                    sent,
                    otherStatus,
                    type,
                    otherScope,
                    references,
                    severity,
                    urgency,
                    expires,
                    areas,
                    languages);
        }

        Message grave(Severity otherSeverity, Urgency otherUrgency) {
            return new Message(
                    identifier,
                    sender,
                    sent,
                    status,
                    type,
                    scope,
                    references,
                    otherSeverity,
                    otherUrgency,
                    expires,
                    areas,
                    languages);
        }

        Message until(Long time) {
            return new Message(
                    identifier,
                    sender,
                    sent,
                    status,
                    type,
                    scope,
                    references,
                    severity,
                    urgency,
                    time,
                    areas,
                    languages);
        }

        Message in(Area... others) {
            return new Message(
                    identifier,
                    sender,
                    sent,
                    status,
                    type,
                    scope,
                    references,
                    severity,
                    urgency,
                    expires,
                    List.of(others),
                    languages);
        }

        Message saidIn(String... others) {
            return new Message(
                    identifier,
                    sender,
                    sent,
                    status,
                    type,
                    scope,
                    references,
                    severity,
                    urgency,
                    expires,
                    areas,
                    List.of(others));
        }
    }

    private static Message from(String sender) {
        return new Message(
                "A",
                sender,
                SENT,
                Status.ACTUAL,
                MessageType.ALERT,
                Scope.PUBLIC,
                List.of(),
                Severity.SEVERE,
                Urgency.IMMEDIATE,
                SENT + HOUR,
                List.of(),
                List.of("es-MX"));
    }

    private List<Outcome> read(Message message, long arrivalTime) {
        WarningReader.Result result = reader.read(state, message.warning(), arrivalTime);
        state = result.state();
        return result.outcomes();
    }

    private Evidence accepted(Message message) {
        List<Outcome> outcomes = read(message, message.sent + 500);
        assertThat(outcomes).hasSize(1);
        return ((Outcome.Accepted) outcomes.get(0)).evidence();
    }

    private String suppressed(Message message, long arrivalTime) {
        List<Outcome> outcomes = read(message, arrivalTime);
        assertThat(outcomes).hasSize(1);
        return ((Outcome.Suppressed) outcomes.get(0)).decision().reason();
    }

    private String suppressed(Message message) {
        return suppressed(message, message.sent + 500);
    }

    @Test
    void readsASeismicAlertAsStateWideWhateverItsArea() {
        Area coast =
                new Area("Costa", List.of(), List.of(new Circle(17, -100, 50)), List.of(), false);

        Evidence evidence = accepted(from(SASMEX).in(coast));

        assertThat(evidence.eventId()).isEqualTo("warning:cires.org.mx,A");
        assertThat(evidence.event().kind()).isEqualTo("seismic-warning");
        assertThat(evidence.event().subject()).isEqualTo(Subject.WARNING);
        assertThat(evidence.event().time()).isEqualTo(SENT);
        assertThat(evidence.event().place()).isNull();
        assertThat(evidence.type()).isEqualTo("seismic");
        assertThat(evidence.origin().site()).isNull();
        assertThat(evidence.expiresAt()).isEqualTo(SENT + HOUR);
        assertThat(evidence.summary())
                .isEqualTo(new Text.Translation("Alerta sísmica", "Alerta sísmica"));
    }

    @Test
    void saysEachLanguageWhereThereIsOne() {
        Evidence evidence = accepted(from(SASMEX).saidIn("en-US", "es-MX"));

        assertThat(evidence.summary())
                .isEqualTo(new Text.Translation("Alerta sísmica", "Earthquake"));
    }

    @Test
    void readsEventAndAlertWithOneIdentifierAsTwoVersions() {
        Evidence event = accepted(from(SASMEX).grave(Severity.UNKNOWN, Urgency.IMMEDIATE));
        Evidence alert = accepted(from(SASMEX).of("A", SENT + 8_000));

        assertThat(event.event().kind()).isEqualTo("public-warning");
        assertThat(alert.event().kind()).isEqualTo("seismic-warning");
        assertThat(alert.eventId()).isEqualTo(event.eventId());
        assertThat(alert.event().time()).isEqualTo(event.event().time());
        assertThat(alert.revision()).isGreaterThan(event.revision());
    }

    @Test
    void readsARepeatedOrOutdatedMessageOnce() {
        accepted(from(SASMEX).of("A", SENT + 8_000));

        assertThat(read(from(SASMEX).of("A", SENT + 8_000), SENT + 60_000)).isEmpty();
        assertThat(read(from(SASMEX), SENT + 60_000)).isEmpty();
    }

    @Test
    void decidesOnceOnARepeatedMessage() {
        Message test = from(SASMEX).of(Status.TEST, Scope.PUBLIC);

        assertThat(suppressed(test)).isEqualTo("test-warning");
        assertThat(read(test, SENT + 60_000)).isEmpty();
    }

    @Test
    void continuesAnUpdatedWarning() {
        Evidence first = accepted(from(WEATHER));
        Message update = from(WEATHER).of("B", SENT + HOUR / 2);
        Evidence second =
                accepted(update.of(MessageType.UPDATE, new Reference(WEATHER, "A", SENT)));
        Message last = from(WEATHER).of("C", SENT + HOUR * 3 / 4);
        Evidence third =
                accepted(last.of(MessageType.UPDATE, new Reference(WEATHER, "B", SENT + HOUR / 2)));

        assertThat(second.eventId()).isEqualTo(first.eventId());
        assertThat(third.eventId()).isEqualTo(first.eventId());
        assertThat(third.revision()).isGreaterThan(second.revision());
    }

    @Test
    void replacesSeveralWarningsByOne() {
        accepted(from(WEATHER));
        Evidence other = accepted(from(WEATHER).of("B", SENT + 1_000));
        Message update = from(WEATHER).of("C", SENT + 2_000);

        List<Outcome> outcomes =
                read(
                        update.of(
                                MessageType.UPDATE,
                                new Reference(WEATHER, "A", SENT),
                                new Reference(WEATHER, "B", SENT + 1_000)),
                        SENT + 3_000);

        assertThat(outcomes)
                .extracting(each -> ((Outcome.Accepted) each).evidence())
                .satisfiesExactly(
                        evidence -> {
                            assertThat(evidence.eventId()).endsWith(",A");
                            assertThat(evidence.event().isCancelled()).isFalse();
                        },
                        evidence -> {
                            assertThat(evidence.eventId()).isEqualTo(other.eventId());
                            assertThat(evidence.event().isCancelled()).isTrue();
                            assertThat(evidence.revision()).isGreaterThan(other.revision());
                        });
    }

    @Test
    void cancelsAWarningOnce() {
        Evidence warning = accepted(from(WEATHER));
        Message cancel =
                from(WEATHER)
                        .of("B", SENT + 1_000)
                        .of(MessageType.CANCEL, new Reference(WEATHER, "A", SENT));

        Evidence cancelled = accepted(cancel);

        assertThat(cancelled.eventId()).isEqualTo(warning.eventId());
        assertThat(cancelled.event().isCancelled()).isTrue();
        assertThat(cancelled.summary().es()).isEqualTo("Cancelado: Alerta sísmica");
        assertThat(suppressed(cancel.of("C", SENT + 2_000))).isEqualTo("nothing-to-cancel");
    }

    @Test
    void announcesNoWarningThatWasCancelledBefore() {
        Message cancel =
                from(WEATHER)
                        .of("B", SENT + 1_000)
                        .of(MessageType.CANCEL, new Reference(WEATHER, "A", SENT));

        assertThat(suppressed(cancel)).isEqualTo("nothing-to-cancel");
        assertThat(suppressed(from(WEATHER))).isEqualTo("cancelled-before");
    }

    @Test
    void ignoresReferencesToOtherSenders() {
        accepted(from(WEATHER));
        Message cancel =
                from(WEATHER)
                        .of("B", SENT + 1_000)
                        .of(MessageType.CANCEL, new Reference(SASMEX, "A", SENT));

        assertThat(suppressed(cancel)).isEqualTo("nothing-to-cancel");
    }

    @Test
    void saysThatADrillIsOne() {
        Evidence evidence =
                accepted(from(SASMEX).saidIn("es-MX", "en-US").of(Status.EXERCISE, Scope.PUBLIC));

        assertThat(evidence.event().kind()).isEqualTo("drill");
        assertThat(evidence.type()).isEqualTo("seismic/EXERCISE");
        assertThat(evidence.summary())
                .isEqualTo(new Text.Translation("SIMULACRO: Alerta sísmica", "DRILL: Earthquake"));
    }

    @Test
    void saysOnlyOnceThatADrillIsOne() {
        assertThat(
                        accepted(from(SASMEX).saidIn("es", "en").of(Status.EXERCISE, Scope.PUBLIC))
                                .summary())
                .isEqualTo(
                        new Text.Translation("SIMULACRO Alerta sísmica", "Drill of an earthquake"));
        assertThat(
                        accepted(
                                        from(SASMEX)
                                                .of("B", SENT + 1_000)
                                                .saidIn("es")
                                                .of(Status.EXERCISE, Scope.PUBLIC))
                                .summary()
                                .en())
                .isEqualTo("SIMULACRO Alerta sísmica");
    }

    @ParameterizedTest
    @EnumSource(
            value = Status.class,
            names = {"SYSTEM", "TEST", "DRAFT"})
    void announcesNoTests(Status status) {
        assertThat(suppressed(from(SASMEX).of(status, Scope.PUBLIC))).isEqualTo("test-warning");
    }

    @ParameterizedTest
    @EnumSource(
            value = MessageType.class,
            names = {"ACK", "ERROR"})
    void announcesNoAnswers(MessageType type) {
        assertThat(suppressed(from(SASMEX).of(type))).isEqualTo("no-warning");
    }

    @ParameterizedTest
    @EnumSource(
            value = Scope.class,
            names = {"RESTRICTED", "PRIVATE"})
    void announcesNothingThatIsNotPublic(Scope scope) {
        assertThat(suppressed(from(SASMEX).of(Status.ACTUAL, scope))).isEqualTo("not-public");
    }

    @Test
    void suppressesKindsThatThePolicyDoesNotDispatch() {
        reader =
                new WarningReader(
                        TestPolicy.with(
                                "kinds", "name: drill", "name: drill\n  dispatched: false"));

        assertThat(suppressed(from(SASMEX).of(Status.EXERCISE, Scope.PUBLIC)))
                .isEqualTo("kind-not-dispatched");
    }

    @Test
    void suppressesWhatNoRuleNames() {
        reader =
                new WarningReader(
                        TestPolicy.with(
                                "warnings",
                                "- name: unverified\n",
                                "- name: unverified\n  senders: [x.mx]\n"));

        assertThat(suppressed(from("unknown.mx"))).isEqualTo("no-rule");
    }

    @ParameterizedTest(name = "expires {0}, arrives {1}: {2}")
    @CsvSource({
        "3600000, 3599999, true",
        "3600000, 3600000, false",
        // Sixty seconds by the rule, where the sender gives no end or one before its beginning.
        ", 59999, true",
        ", 60000, false",
        "-13000000000, 59999, true",
        "-13000000000, 60000, false",
    })
    void announcesNothingPastItsEnd(Long expires, long arrives, boolean isAccepted) {
        List<Outcome> outcomes =
                read(from(SASMEX).until(expires == null ? null : SENT + expires), SENT + arrives);

        assertThat(outcomes.get(0) instanceof Outcome.Accepted).isEqualTo(isAccepted);
        if (!isAccepted) {
            assertThat(((Outcome.Suppressed) outcomes.get(0)).decision().reason())
                    .isEqualTo("expired");
        }
    }

    private static Area polygon(double west, double south, double east, double north) {
        return new Area(
                "",
                List.of(
                        List.of(
                                new Point(south, west),
                                new Point(south, east),
                                new Point(north, east),
                                new Point(north, west))),
                List.of(),
                List.of(),
                false);
    }

    @Test
    void routesByTheMunicipalitiesThatAnAreaTouches() {
        assertThat(accepted(from(WEATHER).in(polygon(-99.65, 19.1, -99.5, 19.25))).origin().site())
                .isEqualTo("TOLUCA");
        assertThat(
                        accepted(from(WEATHER).of("B", SENT).in(polygon(-100, 19, -99, 20)))
                                .origin()
                                .site())
                .isNull();
        assertThat(suppressed(from(WEATHER).of("C", SENT).in(polygon(-90, 19, -89, 20))))
                .isEqualTo("outside-jurisdiction");
    }

    @Test
    void routesByTheMunicipalitiesThatACircleTouches() {
        Circle circle = new Circle(19.6, -99.2, 10.6);
        Area near = new Area("", List.of(), List.of(circle), List.of(), false);
        Area far = new Area("", List.of(), List.of(new Circle(19.6, -99.2, 9)), List.of(), false);

        assertThat(accepted(from(WEATHER).in(near)).origin().site()).isEqualTo("ECATEPEC");
        assertThat(suppressed(from(WEATHER).of("B", SENT).in(far)))
                .isEqualTo("outside-jurisdiction");
    }

    @Test
    void excludesNoPlaceIfTheAreaIsNotKnownExactly() {
        Area unknown = new Area("Somewhere", List.of(), List.of(), List.of(), false);
        Area broken = new Area("", List.of(), List.of(new Circle(0, 0, 1)), List.of(), true);
        Area coded =
                new Area("", List.of(), List.of(), List.of(new NamedValue("INEGI", "15")), false);

        assertThat(accepted(from(WEATHER).in(unknown)).origin().site()).isNull();
        assertThat(accepted(from(WEATHER).of("B", SENT).in(broken)).origin().site()).isNull();
        assertThat(accepted(from(WEATHER).of("C", SENT).in(coded)).origin().site()).isNull();
    }

    @Test
    void takesAPolygonThatCrossesItselfForAllThatItMayMean() {
        Area bow =
                new Area(
                        "",
                        List.of(
                                List.of(
                                        new Point(19.2, -99.8),
                                        new Point(19.4, -99.6),
                                        new Point(19.2, -99.6),
                                        new Point(19.4, -99.8))),
                        List.of(),
                        List.of(),
                        false);

        assertThat(accepted(from(WEATHER).in(bow)).origin().site()).isEqualTo("TOLUCA");
    }

    @Test
    void remembersALimitedNumberOfMessages() {
        List<Outcome> outcomes = new ArrayList<>();
        for (int i = 0; i < 2_000; i++) {
            outcomes.addAll(read(from(WEATHER).of("A" + i, SENT + i), SENT + 1_000));
        }

        assertThat(outcomes).hasSize(2_000);
        assertThat(state.seen()).hasSize(512);
        assertThat(state.series()).hasSize(64);
    }
}
