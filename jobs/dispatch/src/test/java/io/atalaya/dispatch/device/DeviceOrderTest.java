package io.atalaya.dispatch.device;

import io.atalaya.contracts.dispatch.DeviceEvent;
import io.atalaya.contracts.dispatch.DeviceEvent.Kind;
import io.atalaya.contracts.dispatch.DeviceEvent.Premises;
import io.atalaya.dispatch.TestPolicy;
import io.atalaya.dispatch.evidence.Evidence;
import io.atalaya.dispatch.evidence.Outcome;

import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;

import static org.assertj.core.api.Assertions.assertThat;

/** Whatever the order, delay and repetition of messages, the evidence is that of a sorted list. */
class DeviceOrderTest {
    private static final long START = 1_772_539_200_000L;
    private static final long SECOND = 1_000;
    private static final long DAY = 86_400 * SECOND;

    /** Short times, so that a random list holds every case. */
    private static final long REPEAT = 20;

    private static final long CANCEL = 45;
    private static final long TEST = 30;
    private static final int STUCK_PRESSES = 4;
    private static final long STUCK_WITHIN = 25;
    private static final long STUCK_QUIET = 40;
    private static final int MAX_DELAY = 60;

    private static final DeviceSupervisor SUPERVISOR =
            new DeviceSupervisor(
                    TestPolicy.with(
                            "devices",
                            null,
                            """
                            repeatWithin: 20 s
                            cancelWithin: 45 s
                            cancelNeedsCode: false
                            testFor: 30 s
                            weeklyTests: []
                            stuck: {presses: 4, within: 25 s, quiet: 40 s}
                            silentAfter: 10 min
                            maxDelay: 60 s
                            forgottenAfter: 30 d
                            """),
                    Heard.NOTHING);

    /**
     * A message of the device.
     *
     * @param time seconds by the device
     * @param delays seconds after which it arrives, and perhaps arrives again
     */
    record Sent(Kind kind, int time, String zone, List<Integer> delays) {}

    /** What is said in the end about one evidence. */
    record Final(String type, int presses, boolean isOver) {}

    @Provide
    Arbitrary<List<Sent>> messages() {
        return Combinators.combine(
                        Arbitraries.of(
                                Kind.PRESS,
                                Kind.PRESS,
                                Kind.PRESS,
                                Kind.PRESS,
                                Kind.DURESS,
                                Kind.CANCEL,
                                Kind.TEST,
                                Kind.FAULT,
                                Kind.RESTORED,
                                Kind.ZONE_ALARM,
                                Kind.HEARTBEAT),
                        Arbitraries.integers().between(0, 400),
                        Arbitraries.of("a", "b").injectNull(0.5),
                        Arbitraries.integers()
                                .between(0, MAX_DELAY)
                                .list()
                                .ofMinSize(1)
                                .ofMaxSize(3))
                .as(Sent::new)
                .list()
                .ofMaxSize(40);
    }

    @Property(tries = 500)
    void theOrderOfArrivalDoesNotMatter(@ForAll("messages") List<Sent> messages) {
        List<DeviceEvent> events = new ArrayList<>();
        Map<DeviceEvent, Long> arrivals = new HashMap<>();
        List<Map.Entry<DeviceEvent, Long>> all = new ArrayList<>();
        for (int i = 0; i < messages.size(); i++) {
            Sent message = messages.get(i);
            DeviceEvent event =
                    new DeviceEvent(
                            "e%02d".formatted(i),
                            "D",
                            message.kind,
                            START + message.time * SECOND,
                            null,
                            null,
                            null,
                            Premises.SHOP,
                            List.of(),
                            message.zone,
                            null);
            events.add(event);
            for (int delay : message.delays) {
                all.add(Map.entry(event, event.time() + delay * SECOND));
            }
        }
        all.sort(Map.Entry.comparingByValue());

        Map<String, Final> finals = supervised(all);
        Map<String, Final> expected = expected(events);
        // What was sent before an earlier event came is withdrawn.
        finals.entrySet()
                .removeIf(each -> !expected.containsKey(each.getKey()) && each.getValue().isOver);
        assertThat(finals).isEqualTo(expected);
    }

    /**
     * A message at any time by any clock.
     *
     * @param passed seconds since the last arrival
     * @param off seconds by which the device's clock is ahead
     */
    record Wild(Kind kind, int passed, int off, String zone) {}

    @Provide
    Arbitrary<List<Wild>> wild() {
        return Combinators.combine(
                        Arbitraries.of(Kind.values()),
                        Arbitraries.integers().between(-100, 300),
                        Arbitraries.oneOf(
                                Arbitraries.integers().between(-100, 20),
                                Arbitraries.integers().between(-1_000_000, 1_000_000)),
                        Arbitraries.strings().alpha().ofMaxLength(2))
                .as(Wild::new)
                .list()
                .ofMinSize(50)
                .ofMaxSize(400);
    }

    @Property(tries = 50)
    void duressIsEvidenceAndStateIsBoundedWhateverTheClocks(@ForAll("wild") List<Wild> messages) {
        DeviceState state = null;
        long arrival = START;
        for (int i = 0; i < messages.size(); i++) {
            Wild message = messages.get(i);
            arrival += message.passed * SECOND;
            DeviceEvent event =
                    new DeviceEvent(
                            "e" + i,
                            "D",
                            message.kind,
                            arrival + message.off * SECOND,
                            null,
                            null,
                            null,
                            Premises.SHOP,
                            List.of(),
                            message.zone.isEmpty() ? null : message.zone,
                            null);
            DeviceSupervisor.Result result = SUPERVISOR.onEvent(state, event, arrival, null);
            state = result.state();
            if (message.kind == Kind.DURESS) {
                assertThat(result.outcomes()).anyMatch(DeviceOrderTest::isDuress);
            }
        }
        assertThat(state.recent()).hasSizeLessThanOrEqualTo(64);
        assertThat(state.seen()).hasSizeLessThanOrEqualTo(128);
        assertThat(state.past().open()).hasSizeLessThanOrEqualTo(64);
        assertThat(state.sent()).hasSizeLessThanOrEqualTo(64 + 64 + 1 + 64);
    }

    private static boolean isDuress(Outcome outcome) {
        return outcome instanceof Outcome.Accepted accepted
                && accepted.evidence().weight().isDuress()
                && !accepted.evidence().event().isCancelled();
    }

    /** The last version of each evidence. */
    private static Map<String, Final> supervised(List<Map.Entry<DeviceEvent, Long>> arrivals) {
        Map<String, Evidence> last = new TreeMap<>();
        DeviceState state = null;
        for (Map.Entry<DeviceEvent, Long> arrival : arrivals) {
            while (state != null && SUPERVISOR.nextTimer(state) <= arrival.getValue()) {
                state = timer(state, last);
            }
            DeviceSupervisor.Result result =
                    SUPERVISOR.onEvent(state, arrival.getKey(), arrival.getValue(), null);
            keep(result, last);
            state = result.state();
        }
        while (state != null && SUPERVISOR.nextTimer(state) < START + DAY) {
            state = timer(state, last);
        }
        Map<String, Final> finals = new TreeMap<>();
        last.values().stream()
                .filter(evidence -> !evidence.type().equals("SILENT"))
                .forEach(evidence -> finals.put(evidence.eventId(), of(evidence)));
        return finals;
    }

    private static Final of(Evidence evidence) {
        return new Final(
                evidence.type(), evidence.weight().presses(), evidence.event().isCancelled());
    }

    private static DeviceState timer(DeviceState state, Map<String, Evidence> last) {
        DeviceSupervisor.Result result =
                SUPERVISOR.onTimer(state, "D", SUPERVISOR.nextTimer(state), null);
        keep(result, last);
        return result.state();
    }

    private static void keep(DeviceSupervisor.Result result, Map<String, Evidence> last) {
        for (Outcome outcome : result.outcomes()) {
            if (outcome instanceof Outcome.Accepted accepted) {
                Evidence evidence = accepted.evidence();
                Evidence former = last.put(evidence.eventId(), evidence);
                if (former != null) {
                    assertThat(evidence.revision()).isGreaterThan(former.revision());
                    // What was withdrawn can be cancelled as well.
                    assertThat(
                                    of(evidence).isOver && of(former).isOver
                                            || !of(evidence).equals(of(former)))
                            .isTrue();
                }
            }
        }
    }

    /** The obvious way: everything is known and sorted. */
    private static Map<String, Final> expected(List<DeviceEvent> events) {
        List<DeviceEvent> sorted = new ArrayList<>(events);
        sorted.sort(
                Comparator.comparingLong(DeviceEvent::time).thenComparing(DeviceEvent::eventId));
        List<Case> cases = new ArrayList<>();
        List<Long> presses = new ArrayList<>();
        for (DeviceEvent event : sorted) {
            long time = event.time();
            boolean isTest =
                    sorted.stream()
                            .limit(sorted.indexOf(event))
                            .anyMatch(
                                    each ->
                                            each.kind() == Kind.TEST
                                                    && time < each.time() + TEST * SECOND);
            Case stuck = last(cases, "STUCK_BUTTON", null);
            boolean isStuck = stuck != null && time - stuck.lastTime <= STUCK_QUIET * SECOND;
            Case like = last(cases, event.kind().name(), event.zoneId());
            boolean isRepeated =
                    like != null && !like.isOver && time - like.first.time() <= REPEAT * SECOND;
            switch (event.kind()) {
                case PRESS, ZONE_ALARM, DURESS -> {
                    if (isTest && event.kind() != Kind.DURESS) {
                        continue;
                    }
                    if (isStuck && event.kind() == Kind.PRESS) {
                        stuck.lastTime = time;
                        continue;
                    }
                    if (isRepeated) {
                        like.count++;
                        like.lastTime = time;
                    } else {
                        cases.add(new Case(event.kind().name(), event));
                    }
                    if (event.kind() == Kind.PRESS) {
                        presses.add(time);
                        presses.removeIf(each -> time - each > STUCK_WITHIN * SECOND);
                        if (presses.size() >= STUCK_PRESSES) {
                            presses.clear();
                            cases.add(new Case("STUCK_BUTTON", event));
                        }
                    }
                }
                case FAULT -> {
                    if (like == null || like.isOver) {
                        cases.add(new Case("FAULT", event));
                    }
                }
                case RESTORED ->
                        cases.stream()
                                .filter(each -> each.type.equals("FAULT"))
                                .filter(
                                        each ->
                                                event.zoneId() == null
                                                        || event.zoneId()
                                                                .equals(each.first.zoneId()))
                                .forEach(each -> each.isOver = true);
                case CANCEL ->
                        cases.stream()
                                .filter(each -> each.type.equals("PRESS") && !each.isOver)
                                .filter(each -> each == last(cases, "PRESS", each.first.zoneId()))
                                .max(Comparator.comparingLong(each -> each.lastTime))
                                .filter(each -> time - each.lastTime <= CANCEL * SECOND)
                                .ifPresent(each -> each.isOver = true);
                default -> {}
            }
        }
        Map<String, Final> finals = new TreeMap<>();
        for (Case each : cases) {
            boolean isStuck = each.type.equals("STUCK_BUTTON");
            finals.put(
                    "device:D/" + each.first.eventId() + (isStuck ? "/stuck" : ""),
                    new Final(each.type, each.count, each.isOver || isStuck));
        }
        return finals;
    }

    /** The last case of a type, and of a zone except for a stuck button. */
    private static Case last(List<Case> cases, String type, String zone) {
        return cases.stream()
                .filter(each -> each.type.equals(type))
                .filter(
                        each ->
                                type.equals("STUCK_BUTTON")
                                        || Objects.equals(zone, each.first.zoneId()))
                .reduce((former, latter) -> latter)
                .orElse(null);
    }

    private static final class Case {
        private final String type;
        private final DeviceEvent first;
        private int count = 1;
        private long lastTime;
        private boolean isOver;

        Case(String type, DeviceEvent first) {
            this.type = type;
            this.first = first;
            lastTime = first.time();
        }
    }
}
