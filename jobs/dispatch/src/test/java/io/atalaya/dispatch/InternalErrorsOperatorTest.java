package io.atalaya.dispatch;

import io.atalaya.contracts.dispatch.Decision;
import io.atalaya.contracts.dispatch.Incident;
import io.atalaya.contracts.topic.DeadLetter;
import io.atalaya.contracts.topic.DeadLetter.InternalError;
import io.atalaya.contracts.topic.HashId;
import io.atalaya.contracts.topic.TopicRecord;
import io.atalaya.contracts.topic.Topics;
import io.atalaya.testutils.Backend;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;

import static io.atalaya.dispatch.DispatchRun.START;
import static org.assertj.core.api.Assertions.assertThat;

/** Exceptions in any method that works on a record, or on the passage of time. */
@SuppressWarnings("try") // The faults are active while they are open.
class InternalErrorsOperatorTest {
    private static final int PLACES = 30;
    private static final double FAILING = 0.2;

    /** A record fails in one of its first calls of the changed methods. */
    private static final int MAX_CALLS = 120;

    /** So many failures among so few records already count as a bug that hits many. */
    private static final Map<String, String> OPTIONS =
            Map.of("bulkhead.max-failed-records", "1", "bulkhead.max-paused-keys", "1");

    private static final String CAP =
            "<alert xmlns=\"urn:oasis:names:tc:emergency:cap:1.2\"><identifier>W-1</identifier><sender>cires.org.mx</sender>"
                    + "<sent>2026-03-03T06:00:00-06:00</sent><status>Actual</status><msgType>Alert</msgType><scope>Public</scope>"
                    + "<info><language>es-MX</language><category>Geo</category><event>Sismo</event><urgency>Immediate</urgency>"
                    + "<severity>Severe</severity><certainty>Observed</certainty><expires>2026-03-03T06:01:00-06:00</expires>"
                    + "</info></alert>";

    /** Whether a method of one of these names is at work. */
    private static boolean isWithin(String... names) {
        return StackWalker.getInstance()
                .walk(
                        frames ->
                                frames.map(StackWalker.StackFrame::getMethodName)
                                        .anyMatch(Set.of(names)::contains));
    }

    /** The calls until one throws. */
    private static final class Countdown implements InjectedFaults.Trigger {
        private int left;
        private int thrown;

        @Override
        public boolean isPulled(String method, Object[] arguments) {
            // The passage of time, a checkpoint and the start of the job are no work on a record.
            if (left == 0 || isWithin("tick", "open", "prepareSnapshotPreBarrier")) {
                return false;
            }
            left--;
            thrown += left == 0 ? 1 : 0;
            return left == 0;
        }
    }

    @ParameterizedTest
    @CsvSource({"2, HEAP, 50", "3, HEAP, 40"})
    void aRecordThatFailsLeavesNoTraceInTheOthers(long seed, Backend backend, int restartEvery)
            throws Exception {
        List<TopicRecord> records = records(new Random(seed));
        try (DispatchRun failing = new DispatchRun(OPTIONS, backend, restartEvery);
                DispatchRun without = new DispatchRun(OPTIONS, backend, restartEvery)) {
            int thrown = feedWithFaults(failing, records, new Random(seed));
            Map<Long, String> lost = new TreeMap<>();
            failing.letters.forEach(
                    letter -> lost.put(letter.address().offset(), letter.error().operator()));
            for (int i = 0; i < records.size(); i++) {
                TopicRecord record = records.get(i);
                String operator = lost.get((long) i);
                if (operator == null) {
                    without.feed(record);
                } else if (operator.startsWith("fusion")) {
                    // Time also passes by a record that fails.
                    without.feed(ofNothing(record.timestamp()));
                } else {
                    without.skip(record);
                }
                checkpoint(without, i);
            }

            assertThat(thrown).isGreaterThan(15);
            assertThat(failing.letters)
                    .hasSize(thrown)
                    .allSatisfy(
                            letter -> {
                                assertThat(letter.reason()).isEqualTo(InternalError.REASON);
                                assertThat(letter.address().topic())
                                        .isEqualTo(
                                                records.get((int) letter.address().offset())
                                                        .topic());
                            });
            assertThat(lost.values().stream().map(InternalErrorsOperatorTest::step).distinct())
                    .containsExactlyInAnyOrder("supervision", "evidence", "fusion");
            assertThat(without.letters).isEmpty();
            assertThat(failing.texts()).isEqualTo(without.texts()).hasSizeGreaterThan(200);
        }
    }

    private static String step(String operator) {
        return operator.substring(0, operator.indexOf(':'));
    }

    /** Each key fails once at most, because a second failure makes its state new and pauses it. */
    private static int feedWithFaults(DispatchRun run, List<TopicRecord> records, Random random)
            throws Exception {
        Set<String> failed = new HashSet<>();
        Countdown countdown = new Countdown();
        try (InjectedFaults faults = new InjectedFaults(countdown)) {
            for (int i = 0; i < records.size(); i++) {
                String key = records.get(i).key();
                int before = countdown.thrown;
                if (random.nextDouble() < FAILING && !failed.contains(key)) {
                    countdown.left = 1 + random.nextInt(random.nextBoolean() ? 3 : MAX_CALLS);
                }
                run.feed(records.get(i));
                countdown.left = 0;
                if (countdown.thrown > before) {
                    failed.add(key);
                }
                checkpoint(run, i);
            }
        }
        return countdown.thrown;
    }

    private static void checkpoint(DispatchRun run, int record) throws Exception {
        if (record % 3 == 0) {
            run.checkpoint();
        }
    }

    /**
     * Calls, presses and alerts, some of them at one place, and what people answer. Sites go down,
     * because their heartbeats are rare.
     */
    private static List<TopicRecord> records(Random random) {
        List<TopicRecord> records = new ArrayList<>();
        for (int i = 0; i < PLACES; i++) {
            records.add(button(i));
        }
        records.addAll(DispatchScenario.before(START));
        long time = START;
        for (int i = 0; i < PLACES; i++) {
            long[] times = new long[6];
            for (int j = 0; j < times.length; j++) {
                time += 50 + random.nextInt(random.nextBoolean() ? 300 : 2_000);
                times[j] = time;
            }
            records.add(call("C-" + i, i, times[0]));
            records.add(press("P-" + i, i % 4 == 0 ? "DURESS" : "PRESS", i, times[1]));
            records.add(call("D-" + i, i, times[2]));
            if (i % 5 == 0) {
                records.add(DispatchScenario.presence("TOLUCA", times[3]));
                records.add(DispatchScenario.presence("ECATEPEC", times[3]));
                records.add(DispatchScenario.alert(times[4]));
            }
            String[] actions = {
                "{\"type\":\"ACCEPT\"}",
                "{\"type\":\"CLOSE\",\"dispositionCommonRegistryCode\":\"17\"}",
                "{\"type\":\"SPLIT\",\"eventIds\":[\"call:D-" + i + "\"]}",
                "{\"type\":\"REJECT\",\"reason\":\"ADDRESS\"}"
            };
            records.add(
                    DispatchScenario.response(
                            "R-" + i,
                            HashId.of("incident", "call:C-" + i),
                            times[0],
                            actions[i % actions.length],
                            times[5]));
        }
        return records;
    }

    private static String place(int i) {
        return "\"latitude\":%s,\"longitude\":-99.65".formatted(19 + i * 0.01);
    }

    private static TopicRecord button(int i) {
        return DispatchScenario.record(
                Topics.DEVICES,
                START - 10,
                "B-" + i,
                "{\"deviceId\":\"B-%d\",\"kind\":\"BUTTON\",\"site\":\"TOLUCA\",\"municipality\":\"Toluca\",%s}"
                        .formatted(i, place(i)));
    }

    private static TopicRecord call(String callId, int i, long time) {
        return DispatchScenario.call(callId, "30101", place(i), time);
    }

    private static TopicRecord press(String eventId, String kind, int i, long time) {
        return DispatchScenario.record(
                Topics.DEVICE_EVENTS,
                time,
                "B-" + i,
                "{\"eventId\":\"%s\",\"deviceId\":\"B-%d\",\"kind\":\"%s\",\"time\":%d,\"premises\":\"SHOP\"}"
                        .formatted(eventId, i, kind, time));
    }

    /** A record that changes nothing. */
    private static TopicRecord ofNothing(long time) {
        return DispatchScenario.record(
                Topics.DELIVERIES,
                time,
                "unknown",
                "{\"deliveryId\":\"none\",\"destination\":\"bridge\",\"incidentId\":\"unknown\",\"revision\":1,\"result\":\"DELIVERED\",\"time\":%d}"
                        .formatted(time));
    }

    /**
     * The work of time fails on one incident, or for all, as long as the faults last.
     *
     * @param method of which every call fails that concerns the incident, or none
     */
    @ParameterizedTest
    @ValueSource(
            strings = {"Assignments.due", "Sites.tick", "Interruptions.tick", "Fusion.evictBefore"})
    void timeThatFailsOnOneThingPassesForTheOthers(String method) throws Exception {
        try (DispatchRun run = new DispatchRun(OPTIONS, Backend.HEAP, 0)) {
            run.feed(DispatchScenario.before(START));
            run.feed(List.of(button(0), button(10)));
            run.feed(press("P-0", "DURESS", 0, START + 1_000));
            run.feed(press("P-1", "DURESS", 10, START + 2_000));
            Incident bad = run.read(Topics.INCIDENTS, Incident.CODEC).get(0);
            Incident good = run.read(Topics.INCIDENTS, Incident.CODEC).get(1);
            int[] thrown = new int[1];
            InjectedFaults.Trigger trigger =
                    (called, arguments) -> {
                        // What succeeded before the fault began succeeds again.
                        boolean isPulled =
                                called.equals(method)
                                        && !isWithin("undo")
                                        && (!method.equals("Assignments.due")
                                                || isOf(arguments[0], bad.incidentId()));
                        thrown[0] += isPulled ? 1 : 0;
                        return isPulled;
                    };
            try (InjectedFaults faults = new InjectedFaults(trigger)) {
                for (long time = START + 3_000; time < START + 100_000; time += 5_000) {
                    run.feed(DispatchScenario.presence("TOLUCA", time));
                    run.feed(DispatchScenario.presence("ECATEPEC", time + 1));
                }
            }

            assertThat(thrown[0]).isPositive();
            assertThat(run.letters)
                    .hasSize(thrown[0])
                    .allSatisfy(
                            letter ->
                                    assertThat(text(letter))
                                            .startsWith("deadlines of ")
                                            .matches(
                                                    any ->
                                                            !method.equals("Assignments.due")
                                                                    || any.endsWith(
                                                                            bad.incidentId())));
            Set<String> escalated =
                    run.read(Topics.DECISIONS, Decision.CODEC).stream()
                            .filter(decision -> decision.kind() == Decision.Kind.ESCALATED)
                            .filter(decision -> decision.time() < START + 40_000)
                            .map(Decision::incidentId)
                            .collect(Collectors.toSet());
            assertThat(escalated).contains(good.incidentId());
            assertThat(escalated.contains(bad.incidentId()))
                    .isEqualTo(!method.equals("Assignments.due"));
            assertThat(run.read(Topics.DECISIONS, Decision.CODEC))
                    .extracting(Decision::kind)
                    .doesNotContain(Decision.Kind.FAILED_OVER);
        }
    }

    private static boolean isOf(Object handling, String incidentId) {
        try {
            var field = handling.getClass().getDeclaredField("incidentId");
            field.setAccessible(true);
            return incidentId.equals(field.get(handling));
        } catch (ReflectiveOperationException e) {
            throw new IllegalStateException(e);
        }
    }

    private static String text(DeadLetter letter) {
        return new String(letter.value(), StandardCharsets.UTF_8);
    }

    /**
     * To repeat what was done before a failure, a warning must not have expired in the meantime.
     */
    @Test
    void whatHasExpiredSinceIsNotForgotten() throws Exception {
        try (DispatchRun run = new DispatchRun(OPTIONS, Backend.HEAP, 0)) {
            run.feed(DispatchScenario.before(START));
            run.feed(
                    new TopicRecord(
                            Topics.PUBLIC_WARNINGS,
                            START + 1_000,
                            "cires.org.mx",
                            CAP.getBytes(StandardCharsets.UTF_8)));
            Incident warning = run.read(Topics.INCIDENTS, Incident.CODEC).get(0);
            try (InjectedFaults faults =
                    new InjectedFaults(
                            (method, arguments) ->
                                    method.equals("Fusion.put") && !isWithin("undo"))) {
                run.feed(call("C-1", 0, START + 70_000));
            }
            run.feed(
                    DispatchScenario.response(
                            "R-1",
                            warning.incidentId(),
                            warning.revision(),
                            "{\"type\":\"NOTE\",\"text\":\"fin\"}",
                            START + 71_000));

            assertThat(run.letters).hasSize(1);
            assertThat(run.read(Topics.INCIDENTS, Incident.CODEC))
                    .last()
                    .satisfies(
                            last -> {
                                assertThat(last.incidentId()).isEqualTo(warning.incidentId());
                                assertThat(last.status()).isEqualTo(Incident.Status.CLOSED);
                                assertThat(last.notes()).hasSize(1);
                            });
        }
    }
}
