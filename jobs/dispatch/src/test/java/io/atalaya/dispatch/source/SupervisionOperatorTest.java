package io.atalaya.dispatch.source;

import io.atalaya.contracts.device.Device;
import io.atalaya.contracts.dispatch.DeviceEvent;
import io.atalaya.contracts.json.InvalidRecordException;
import io.atalaya.contracts.topic.RecordPosition;
import io.atalaya.dispatch.DispatchJob;
import io.atalaya.dispatch.incident.IncidentInput;
import io.atalaya.dispatch.policy.PolicyReader;
import io.atalaya.dispatch.policy.PolicyUpdate;
import io.atalaya.flink.bulkhead.BulkheadSettings;
import io.atalaya.flink.device.DeviceChange;
import io.atalaya.testutils.Backend;
import io.atalaya.testutils.Subtask;

import org.apache.flink.api.common.typeinfo.Types;
import org.apache.flink.streaming.util.KeyedTwoInputStreamOperatorTestHarness;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;

import static org.assertj.core.api.Assertions.assertThat;

/** Devices in state, their timers, and a change of the policy. */
class SupervisionOperatorTest {
    private static final long START = 1_772_539_200_000L;
    private static final long MINUTE = 60_000;

    private Map<String, String> policy;
    private Subtask<DeviceMessage, PolicyUpdate, IncidentInput> subtask;

    @BeforeEach
    void start() throws Exception {
        policy = PolicyReader.files(Path.of("../../policy"));
        subtask =
                Subtask.start(
                        new Subtask.Blueprint<>(
                                IncidentInput.class,
                                (maxParallelism, parallelism, index) ->
                                        new KeyedTwoInputStreamOperatorTestHarness<>(
                                                new SupervisionOperator(
                                                        BulkheadSettings.DEFAULT,
                                                        policy,
                                                        DispatchJob.NAME),
                                                DeviceMessage::deviceId,
                                                null,
                                                Types.STRING,
                                                maxParallelism,
                                                parallelism,
                                                index)),
                        Backend.HEAP,
                        START);
    }

    @AfterEach
    void stop() {
        subtask.close();
    }

    @Test
    void aSilentDeviceIsReportedAndForgottenInTheEnd() throws Exception {
        subtask.first(registration(START - 1, true));
        for (int i = 0; i < 5; i++) {
            subtask.first(event("H-" + i, "HEARTBEAT", START + i * MINUTE), START + i * MINUTE);
            subtask.watermark(START + i * MINUTE);
        }
        assertThat(subtask.keyedTimers()).as("a heartbeat moves no timer").isEqualTo(1);
        subtask.watermark(START + 13 * MINUTE);
        assertThat(subtask.drain()).isEmpty();

        subtask.restart();
        subtask.watermark(START + 15 * MINUTE);
        assertThat(subtask.drain()).singleElement().satisfies(input -> assertSilence(input, false));

        subtask.first(registration(START + 20 * MINUTE, false));
        subtask.watermark(START + Duration.ofDays(31).toMillis());
        assertThat(subtask.drain()).singleElement().satisfies(input -> assertSilence(input, true));
        assertThat(subtask.keyedStateEntries()).isZero();
        assertThat(subtask.keyedTimers()).isZero();
    }

    private static void assertSilence(IncidentInput input, boolean isOver) {
        IncidentInput.Found found = (IncidentInput.Found) input.content();
        assertThat(found.evidence().origin().site()).isEqualTo("TOLUCA");
        assertThat(found.evidence().event().isCancelled()).isEqualTo(isOver);
    }

    @Test
    void aRemovedDeviceThatNeverSentLeavesNothing() throws Exception {
        subtask.first(registration(START, true));
        subtask.first(registration(START + 1, false));

        assertThat(subtask.keyedStateEntries()).isZero();
    }

    @Test
    void anotherPolicyIsInForceAtOnceAndAfterARestart() throws Exception {
        String rules = policy.get("devices");
        policy.put("devices", rules.replace("silentAfter: 10 min", "silentAfter: 2 min"));
        subtask.second(
                new PolicyUpdate(Map.copyOf(policy), false, START, new RecordPosition(0, 0)));
        policy.put("devices", rules);
        subtask.restart();

        subtask.first(event("H", "HEARTBEAT", START), START);
        subtask.watermark(START + 2 * MINUTE);

        assertThat(subtask.drain()).hasSize(1);
    }

    @Test
    void neitherARestartNorAnotherPolicyPostponesTheReportOfASilentDevice() throws Exception {
        subtask.first(event("H", "HEARTBEAT", START), START);
        for (int i = 1; i <= 10; i++) {
            long time = START + i * MINUTE;
            subtask.first(event("BTN-2", "H-" + i, "HEARTBEAT", time), time);
            if (i == 3) {
                subtask.restart();
            } else if (i == 6) {
                subtask.second(
                        new PolicyUpdate(
                                Map.copyOf(policy), false, time, new RecordPosition(0, 0)));
            }
            assertThat(subtask.drain()).isEmpty();
        }
        subtask.watermark(START + 10 * MINUTE);
        assertThat(subtask.drain()).hasSize(1);
    }

    private static DeviceMessage registration(long time, boolean isThere)
            throws InvalidRecordException {
        String device =
                "{\"deviceId\":\"BTN-1\",\"kind\":\"BUTTON\",\"site\":\"TOLUCA\",\"latitude\":19.29,\"longitude\":-99.65}";
        return new DeviceMessage.Registered(
                new DeviceChange("BTN-1", isThere ? Device.CODEC.read(utf8(device)) : null, time));
    }

    private static DeviceMessage event(String eventId, String kind, long time)
            throws InvalidRecordException {
        return event("BTN-1", eventId, kind, time);
    }

    private static DeviceMessage event(String deviceId, String eventId, String kind, long time)
            throws InvalidRecordException {
        String event =
                "{\"eventId\":\"%s\",\"deviceId\":\"%s\",\"kind\":\"%s\",\"time\":%d,\"premises\":\"SHOP\"}"
                        .formatted(eventId, deviceId, kind, time);
        return new DeviceMessage.Happened(
                DeviceEvent.CODEC.read(utf8(event)), time, new RecordPosition(0, time - START));
    }

    private static byte[] utf8(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
