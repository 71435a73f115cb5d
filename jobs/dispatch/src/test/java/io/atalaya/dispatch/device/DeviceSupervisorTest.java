package io.atalaya.dispatch.device;

import io.atalaya.contracts.device.Device;
import io.atalaya.contracts.dispatch.DeviceEvent;
import io.atalaya.contracts.dispatch.DeviceEvent.Kind;
import io.atalaya.contracts.dispatch.DeviceEvent.OpeningHours;
import io.atalaya.contracts.dispatch.DeviceEvent.Premises;
import io.atalaya.contracts.dispatch.Place;
import io.atalaya.dispatch.TestPolicy;
import io.atalaya.dispatch.evidence.Evidence;
import io.atalaya.dispatch.evidence.Outcome;
import io.atalaya.dispatch.fusion.IncidentEvent.Subject;
import io.atalaya.dispatch.policy.Policy;

import com.fasterxml.jackson.databind.ObjectMapper;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

import java.util.ArrayList;
import java.util.List;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * With the shipped limits: repeats and cancels 2 min, stuck after 20 presses, silent after 10 min.
 */
class DeviceSupervisorTest {
    /** 2026-03-03, a Tuesday, 6:00 in Mexico. */
    private static final long START = 1_772_539_200_000L;

    private static final long SECOND = 1_000;
    private static final long MINUTE = 60 * SECOND;
    private static final long HOUR = 60 * MINUTE;
    private static final Policy POLICY = TestPolicy.withPolygons();
    private static final Device REGISTERED =
            new Device(
                    "BTN-1",
                    Device.Kind.BUTTON,
                    "ECATEPEC",
                    "Lerma",
                    19.6,
                    -99.05,
                    null,
                    null,
                    null,
                    null);

    private DeviceSupervisor supervisor = new DeviceSupervisor(POLICY, Heard.NOTHING);
    private Device registered = REGISTERED;
    private DeviceState state;
    private int number;

    private static DeviceEvent event(String id, Kind kind, long time, Boolean codeAccepted) {
        return new DeviceEvent(
                id,
                "BTN-1",
                kind,
                time,
                codeAccepted,
                null,
                null,
                Premises.SHOP,
                List.of(),
                null,
                null);
    }

    private List<Outcome> apply(DeviceEvent event, long arrivalTime) {
        DeviceSupervisor.Result result = supervisor.onEvent(state, event, arrivalTime, registered);
        state = result.state();
        return result.outcomes();
    }

    /** An event that arrives at once; ids are e1, e2 and so on. */
    private List<Outcome> at(long offset, Kind kind) {
        return apply(event("e" + ++number, kind, START + offset, true), START + offset);
    }

    private List<Outcome> timer(long offset) {
        DeviceSupervisor.Result result =
                supervisor.onTimer(state, "BTN-1", START + offset, registered);
        state = result.state();
        return result.outcomes();
    }

    private static Evidence evidence(List<Outcome> outcomes) {
        assertThat(outcomes).hasSize(1);
        return ((Outcome.Accepted) outcomes.get(0)).evidence();
    }

    private static String reason(List<Outcome> outcomes) {
        assertThat(outcomes).hasSize(1);
        return ((Outcome.Suppressed) outcomes.get(0)).decision().reason();
    }

    @Test
    void readsAPressAtItsRegisteredPlace() {
        Evidence evidence = evidence(at(0, Kind.PRESS));

        assertThat(evidence.eventId()).isEqualTo("device:BTN-1/e1");
        assertThat(evidence.event().kind()).isEqualTo("panic-button");
        assertThat(evidence.event().time()).isEqualTo(START);
        assertThat(evidence.event().place()).isEqualTo(new Place(19.6, -99.05, 20));
        assertThat(evidence.event().keys()).containsExactly("device:BTN-1");
        assertThat(evidence.type()).isEqualTo("PRESS");
        assertThat(evidence.origin().deviceId()).isEqualTo("BTN-1");
        assertThat(evidence.origin().site()).isEqualTo("ECATEPEC");
        assertThat(evidence.origin().municipality()).isEqualTo("Lerma");
        assertThat(evidence.origin().premises()).isEqualTo(Premises.SHOP);
        assertThat(evidence.weight().presses()).isEqualTo(1);
        assertThat(evidence.weight().isDuress()).isFalse();
    }

    @Test
    void readsAPressOfAnUnregisteredDevice() {
        registered = null;
        DeviceEvent press =
                new DeviceEvent(
                        "e1",
                        "BTN-1",
                        Kind.PRESS,
                        START,
                        null,
                        new Place(19.3, -99.7, 30),
                        null,
                        Premises.SCHOOL,
                        List.of(new OpeningHours(List.of(), "05:00", "07:00")),
                        null,
                        null);

        Evidence evidence = evidence(apply(press, START));

        assertThat(evidence.event().place()).isEqualTo(new Place(19.3, -99.7, 30));
        assertThat(evidence.origin().site()).isEqualTo("TOLUCA");
        assertThat(evidence.origin().isOpenHours()).isTrue();
    }

    @Test
    void takesTheRegisteredPlaceInsteadOfAnUnusableOne() {
        DeviceEvent press =
                new DeviceEvent(
                        "e1",
                        "BTN-1",
                        Kind.PRESS,
                        START,
                        null,
                        new Place(0, 0, 20),
                        null,
                        null,
                        List.of(),
                        null,
                        null);

        assertThat(evidence(apply(press, START)).event().place())
                .isEqualTo(new Place(19.6, -99.05, 20));
    }

    @Test
    void countsRepeatedPressesOfTwoMinutesAsOne() {
        at(0, Kind.PRESS);
        Evidence second = evidence(at(90 * SECOND, Kind.PRESS));
        Evidence third = evidence(at(2 * MINUTE, Kind.PRESS));
        Evidence later = evidence(at(2 * MINUTE + 1, Kind.PRESS));

        assertThat(second.eventId()).isEqualTo("device:BTN-1/e1");
        assertThat(third.weight().presses()).isEqualTo(3);
        assertThat(third.revision()).isGreaterThan(second.revision());
        assertThat(third.summary().es()).isEqualTo("Botón de auxilio (×3)");
        assertThat(later.eventId()).isEqualTo("device:BTN-1/e4");
        assertThat(later.weight().presses()).isEqualTo(1);
    }

    @Test
    void appliesARepeatedMessageOnce() {
        at(0, Kind.PRESS);

        assertThat(apply(event("e1", Kind.PRESS, START, true), START + SECOND)).isEmpty();
        assertThat(apply(event("e1", Kind.PRESS, START, true), START + 3 * HOUR)).isEmpty();
    }

    @Test
    void cancelsTheLastPress() {
        at(0, Kind.PRESS);

        Evidence cancelled = evidence(at(2 * MINUTE, Kind.CANCEL));

        assertThat(cancelled.eventId()).isEqualTo("device:BTN-1/e1");
        assertThat(cancelled.event().isCancelled()).isTrue();
        assertThat(cancelled.summary().en()).isEqualTo("Cancelled: Panic button");
        assertThat(evidence(at(2 * MINUTE + SECOND, Kind.PRESS)).eventId())
                .isEqualTo("device:BTN-1/e3");
    }

    @Test
    void appliesACancellationThatComesBeforeItsPress() {
        DeviceEvent cancel = event("c", Kind.CANCEL, START + 10 * SECOND, true);

        assertThat(reason(apply(cancel, START + 10 * SECOND))).isEqualTo("nothing-to-cancel");
        assertThat(
                        evidence(apply(event("p", Kind.PRESS, START, null), START + 20 * SECOND))
                                .event()
                                .isCancelled())
                .isTrue();
    }

    @ParameterizedTest
    @CsvSource({
        "10000, false, false, wrong-code",
        "10000, false, true, wrong-code",
        "10000, , true, no-code",
        "10000, , false, ",
        "120001, true, false, nothing-to-cancel",
    })
    void cancelsOnlyInTimeAndWithTheRightCode(
            long after, Boolean codeAccepted, boolean needsCode, String reason) {
        supervisor =
                new DeviceSupervisor(
                        TestPolicy.with(
                                "devices",
                                "cancelNeedsCode: false",
                                "cancelNeedsCode: " + needsCode),
                        Heard.NOTHING);
        at(0, Kind.PRESS);

        List<Outcome> outcomes =
                apply(event("c", Kind.CANCEL, START + after, codeAccepted), START + after);

        if (reason == null) {
            assertThat(evidence(outcomes).event().isCancelled()).isTrue();
        } else {
            assertThat(reason(outcomes)).isEqualTo(reason);
        }
    }

    @Test
    void cancelsNoDuress() {
        Evidence duress = evidence(at(0, Kind.DURESS));

        assertThat(duress.weight().isDuress()).isTrue();
        assertThat(duress.event().kind()).isEqualTo("duress");
        assertThat(reason(at(SECOND, Kind.CANCEL))).isEqualTo("nothing-to-cancel");
    }

    @ParameterizedTest
    @EnumSource(
            value = Kind.class,
            names = {"PRESS", "ZONE_ALARM", "DOOR_FORCED", "DOOR_HELD"})
    void suppressesAlarmsInTestMode(Kind kind) {
        assertThat(at(0, Kind.TEST)).isEmpty();

        assertThat(reason(at(15 * MINUTE - 1, kind))).isEqualTo("test-mode");
        assertThat(evidence(at(15 * MINUTE, kind)).type()).isEqualTo(kind.name());
    }

    @Test
    void takesDuressAndFaultsInTestModeForReal() {
        at(0, Kind.TEST);

        assertThat(evidence(at(SECOND, Kind.DURESS)).type()).isEqualTo("DURESS");
        assertThat(evidence(at(2 * SECOND, Kind.FAULT)).type()).isEqualTo("FAULT");
    }

    @Test
    void withdrawsAPressThatWasATest() {
        at(10 * SECOND, Kind.PRESS);

        List<Outcome> outcomes = apply(event("t", Kind.TEST, START, null), START + 20 * SECOND);

        assertThat(evidence(outcomes.subList(0, 1)).event().isCancelled()).isTrue();
        assertThat(reason(outcomes.subList(1, 2))).isEqualTo("test-mode");
    }

    @Test
    void takesTheFirstPressInTheWeeklyTestForATest() {
        supervisor =
                new DeviceSupervisor(
                        TestPolicy.with(
                                "devices",
                                "weeklyTests: []",
                                "weeklyTests: [{premises: SHOP, day: TUESDAY, from: \"06:00\", to: \"06:30\"}]"),
                        Heard.NOTHING);

        assertThat(reason(at(0, Kind.PRESS))).isEqualTo("weekly-test");
        assertThat(evidence(at(5 * SECOND, Kind.PRESS)).weight().presses()).isEqualTo(1);
        assertThat(evidence(at(30 * MINUTE, Kind.PRESS)).type()).isEqualTo("PRESS");
        assertThat(reason(at(7 * 24 * HOUR, Kind.PRESS))).isEqualTo("weekly-test");
        assertThat(evidence(at(8 * 24 * HOUR, Kind.PRESS)).type()).isEqualTo("PRESS");
    }

    @Test
    void reportsAStuckButtonUntilItIsQuiet() {
        List<Outcome> outcomes = new ArrayList<>();
        for (int i = 0; i < 20; i++) {
            outcomes = at(i * SECOND, Kind.PRESS);
        }
        assertThat(evidence(outcomes.subList(0, 1)).weight().presses()).isEqualTo(20);
        Evidence fault = evidence(outcomes.subList(1, 2));
        assertThat(fault.eventId()).isEqualTo("device:BTN-1/e20/stuck");
        assertThat(fault.event().kind()).isEqualTo("equipment-fault");
        assertThat(fault.event().subject()).isEqualTo(Subject.DEVICE);
        assertThat(fault.type()).isEqualTo("STUCK_BUTTON");

        assertThat(reason(at(MINUTE, Kind.PRESS))).isEqualTo("stuck-button");
        assertThat(evidence(at(2 * MINUTE, Kind.DURESS)).type()).isEqualTo("DURESS");
        long quiet = 6 * MINUTE + 1;
        assertThat(supervisor.nextTimer(state)).isEqualTo(START + quiet);
        assertThat(timer(quiet - 1)).isEmpty();
        Evidence over = evidence(timer(quiet));
        assertThat(over.eventId()).isEqualTo(fault.eventId());
        assertThat(over.event().isCancelled()).isTrue();
        assertThat(timer(quiet)).isEmpty();
        assertThat(evidence(at(quiet + SECOND, Kind.PRESS)).type()).isEqualTo("PRESS");
    }

    @Test
    void reportsAFaultUntilItIsRestored() {
        Evidence fault = evidence(at(0, Kind.FAULT));
        assertThat(at(2 * HOUR, Kind.FAULT)).isEmpty();

        Evidence over = evidence(at(26 * HOUR, Kind.RESTORED));

        assertThat(over.eventId()).isEqualTo(fault.eventId());
        assertThat(over.event().isCancelled()).isTrue();
        assertThat(over.summary().es()).isEqualTo("Resuelto: Falla de equipo");
        assertThat(evidence(at(27 * HOUR, Kind.FAULT)).eventId()).isEqualTo("device:BTN-1/e4");
        assertThat(evidence(at(28 * HOUR, Kind.RESTORED)).event().isCancelled()).isTrue();
    }

    @Test
    void keepsZonesApart() {
        Evidence north = evidence(apply(zone("z1", Kind.ZONE_ALARM, "north", 0), START));
        Evidence south = evidence(apply(zone("z2", Kind.ZONE_ALARM, "south", 1), START + 1));
        Evidence again = evidence(apply(zone("z3", Kind.ZONE_ALARM, "north", 2), START + 2));

        assertThat(north.event().kind()).isEqualTo("prison-alarm");
        assertThat(north.summary().en()).isEqualTo("Prison alarm: north");
        assertThat(south.eventId()).isNotEqualTo(north.eventId());
        assertThat(again.eventId()).isEqualTo(north.eventId());
        assertThat(apply(zone("z4", Kind.ZONE_RESTORED, "north", 3), START + 3)).isEmpty();
        assertThat(apply(zone("z5", Kind.DOOR_CLOSED, "north", 4), START + 4)).isEmpty();
    }

    private static DeviceEvent zone(String id, Kind kind, String zoneId, long offset) {
        return new DeviceEvent(
                id,
                "BTN-1",
                kind,
                START + offset,
                null,
                null,
                null,
                Premises.PRISON,
                List.of(),
                zoneId,
                null);
    }

    @Test
    void takesAnOpenDoorForAnAlarmOnlyWhereThePolicyNamesIt() {
        assertThat(evidence(at(0, Kind.DOOR_OPEN)).event().kind()).isEqualTo("zone-alarm");
        supervisor =
                new DeviceSupervisor(
                        TestPolicy.with("kinds", "ZONE_ALARM, DOOR_OPEN, ", "ZONE_ALARM, "),
                        Heard.NOTHING);

        assertThat(at(HOUR, Kind.DOOR_OPEN)).isEmpty();
    }

    @Test
    void suppressesKindsThatThePolicyDoesNotDispatch() {
        supervisor =
                new DeviceSupervisor(
                        TestPolicy.with(
                                "kinds",
                                "name: panic-button",
                                "name: panic-button\n  dispatched: false"),
                        Heard.NOTHING);

        assertThat(reason(at(0, Kind.PRESS))).isEqualTo("kind-not-dispatched");
    }

    @Test
    void reportsASilentDeviceUntilItsNextHeartbeat() {
        assertThat(at(0, Kind.HEARTBEAT)).isEmpty();
        assertThat(supervisor.nextTimer(state)).isEqualTo(START + 10 * MINUTE);
        assertThat(timer(10 * MINUTE - 1)).isEmpty();

        Evidence silent = evidence(timer(10 * MINUTE));

        assertThat(silent.event().kind()).isEqualTo("equipment-fault");
        assertThat(silent.event().time()).isEqualTo(START);
        assertThat(silent.type()).isEqualTo("SILENT");
        assertThat(silent.summary().es()).isEqualTo("Falla de equipo: sin señal");
        assertThat(silent.origin().premises()).isEqualTo(Premises.SHOP);
        assertThat(timer(20 * MINUTE)).isEmpty();
        Evidence over = evidence(at(30 * MINUTE, Kind.HEARTBEAT));
        assertThat(over.eventId()).isEqualTo(silent.eventId());
        assertThat(over.event().isCancelled()).isTrue();
        assertThat(over.revision()).isGreaterThan(silent.revision());
    }

    @Test
    void noticesSilenceAlthoughNoTimerCameInBetween() {
        at(0, Kind.HEARTBEAT);
        for (long time = 0; time < HOUR; time += MINUTE) {
            other("BTN-2", null, time);
        }

        List<Outcome> outcomes = at(HOUR, Kind.PRESS);

        assertThat(outcomes)
                .extracting(each -> ((Outcome.Accepted) each).evidence().type())
                .containsExactly("SILENT", "SILENT", "PRESS");
    }

    private DeviceSupervisor.Result other(String deviceId, DeviceState known, long offset) {
        return supervisor.onEvent(
                known,
                new DeviceEvent(
                        "h" + ++number,
                        deviceId,
                        Kind.HEARTBEAT,
                        START + offset,
                        null,
                        null,
                        null,
                        null,
                        List.of(),
                        null,
                        null),
                START + offset,
                null);
    }

    /** As after an outage of the broker; each of them was silent for half an hour. */
    @Test
    void reportsOneDeviceForAllWhenNoneIsHeard() {
        List<DeviceState> states = new ArrayList<>();
        for (int i = 0; i < 20; i++) {
            states.add(other("BTN-" + i, null, i * SECOND).state());
        }
        List<Outcome> outcomes = new ArrayList<>();
        for (int i = 0; i < 20; i++) {
            DeviceSupervisor.Result result =
                    supervisor.onTimer(
                            states.get(i), "BTN-" + i, START + 10 * MINUTE + i * SECOND, null);
            states.set(i, result.state());
            outcomes.addAll(result.outcomes());
        }
        assertThat(evidence(outcomes).type()).isEqualTo("SILENT");
        for (int i = 0; i < 19; i++) {
            DeviceSupervisor.Result result =
                    other("BTN-" + i, states.get(i), 30 * MINUTE + i * SECOND);
            states.set(i, result.state());
            outcomes.addAll(result.outcomes());
        }
        assertThat(outcomes).as("and its end").hasSize(2);
        for (int i = 0; i < 19; i++) {
            other("BTN-" + i, states.get(i), 39 * MINUTE + 40 * SECOND);
        }
        DeviceSupervisor.Result last =
                supervisor.onTimer(states.get(19), "BTN-19", START + 40 * MINUTE, null);
        assertThat(evidence(last.outcomes()).type()).as("is silent alone").isEqualTo("SILENT");
    }

    @Test
    void doesNotMissHeartbeatsOfADeviceThatNeverSentOne() {
        at(0, Kind.PRESS);

        assertThat(supervisor.nextTimer(state)).isEqualTo(START + 30 * 24 * HOUR);
    }

    @Test
    void measuresSilenceByArrivalWhateverTheClockSays() {
        apply(event("h1", Kind.HEARTBEAT, START - 9 * HOUR, null), START);
        apply(event("h2", Kind.HEARTBEAT, START + 900 * HOUR, null), START + MINUTE);

        assertThat(supervisor.nextTimer(state)).isEqualTo(START + 11 * MINUTE);
    }

    @ParameterizedTest(name = "{0} ms off")
    @CsvSource({
        "6000, 0",
        "5000, 5000",
        "-3600000, -3600000",
        "-3600001, 0",
        "-999999999, 0",
        "9999999999, 0",
    })
    void replacesTheTimeOfAWrongClock(long off, long expected) {
        Evidence evidence = evidence(apply(event("p", Kind.PRESS, START + off, null), START));

        assertThat(evidence.event().time()).isEqualTo(START + expected);
    }

    @Test
    void givesTwoPressesOneEvidenceAfterTheClockJumped() {
        apply(event("p1", Kind.PRESS, START - 9 * HOUR, null), START);
        Evidence second =
                evidence(apply(event("p2", Kind.PRESS, START + MINUTE, null), START + MINUTE));

        assertThat(second.eventId()).isEqualTo("device:BTN-1/p1");
        assertThat(second.weight().presses()).isEqualTo(2);
    }

    @Test
    void joinsWhatWasTwoBecauseOneCameLate() {
        at(MINUTE, Kind.PRESS);

        List<Outcome> outcomes =
                apply(event("first", Kind.PRESS, START, null), START + 90 * SECOND);

        Evidence first = evidence(outcomes.subList(0, 1));
        Evidence second = evidence(outcomes.subList(1, 2));
        assertThat(first.eventId()).isEqualTo("device:BTN-1/first");
        assertThat(first.weight().presses()).isEqualTo(2);
        assertThat(second.eventId()).isEqualTo("device:BTN-1/e1");
        assertThat(second.event().isCancelled()).isTrue();
    }

    @Test
    void forgetsADeviceThatWasRemoved() {
        at(0, Kind.HEARTBEAT);
        at(SECOND, Kind.FAULT);
        evidence(timer(HOUR));
        long removed = 30 * 24 * HOUR + SECOND;
        assertThat(supervisor.nextTimer(state)).isEqualTo(START + removed);

        List<Outcome> outcomes = timer(removed);

        assertThat(outcomes)
                .extracting(each -> ((Outcome.Accepted) each).evidence())
                .allMatch(evidence -> evidence.event().isCancelled())
                .extracting(Evidence::type)
                .containsExactly("SILENT", "FAULT");
        assertThat(state).isNull();
    }

    @Test
    void remembersNoMoreThanItMust() {
        for (int i = 0; i < 1_000; i++) {
            at(i * 5 * SECOND, Kind.PRESS);
            at(i * 5 * SECOND + 1, Kind.FAULT);
        }
        assertThat(state.recent()).hasSizeLessThanOrEqualTo(64);
        assertThat(state.seen()).hasSizeLessThanOrEqualTo(128);

        at(100 * HOUR, Kind.HEARTBEAT);
        at(101 * HOUR, Kind.TEST);
        at(103 * HOUR, Kind.HEARTBEAT);
        assertThat(state.recent()).isEmpty();
        assertThat(state.past().open())
                .extracting(group -> group.first().kind())
                .containsExactly(Kind.FAULT);
        assertThat(state.sent()).hasSize(1);
        assertThat(state.decided()).isEmpty();
    }

    @Test
    void survivesStateAsJson() throws Exception {
        for (int i = 0; i < 25; i++) {
            at(i * SECOND, Kind.PRESS);
        }
        at(MINUTE, Kind.CANCEL);
        ObjectMapper json = new ObjectMapper();

        DeviceState copy = json.readValue(json.writeValueAsBytes(state), DeviceState.class);

        assertThat(copy).isEqualTo(state);
    }
}
