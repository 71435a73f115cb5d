package io.atalaya.flink.bulkhead;

import io.atalaya.contracts.alert.Alert;
import io.atalaya.contracts.alert.FaultEvidence;
import io.atalaya.contracts.device.Device;
import io.atalaya.contracts.topic.DeadLetter;
import io.atalaya.contracts.topic.DeadLetter.InternalError;
import io.atalaya.contracts.topic.RecordAddress;
import io.atalaya.flink.device.DeviceChange;

import org.apache.flink.api.common.typeinfo.Types;
import org.apache.flink.streaming.api.watermark.Watermark;
import org.apache.flink.streaming.util.KeyedTwoInputStreamOperatorTestHarness;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import java.time.Duration;
import java.util.List;

import static org.assertj.core.api.Assertions.assertThat;

class FaultAlertOperatorTest {
    private static final long NOON = 1_700_000_000_000L;
    private static final long HOUR = Duration.ofHours(1).toMillis();

    private KeyedTwoInputStreamOperatorTestHarness<String, DeadLetter, DeviceChange, Alert> harness;

    @BeforeEach
    void open() throws Exception {
        harness =
                new KeyedTwoInputStreamOperatorTestHarness<>(
                        new FaultAlertOperator("video-analytics"),
                        FaultAlertOperator::key,
                        change -> FaultAlertOperator.key(change.deviceId()),
                        Types.STRING);
        harness.open();
    }

    @AfterEach
    void close() throws Exception {
        harness.close();
    }

    private void fail(String deviceId, long offset, long arrival, Long pausedUntil)
            throws Exception {
        harness.processElement1(
                new DeadLetter(
                        new RecordAddress("camera-frames", 1, offset),
                        arrival,
                        null,
                        new byte[0],
                        List.of(),
                        "",
                        InternalError.REASON,
                        new InternalError(
                                "cameras",
                                deviceId,
                                "java.lang.IllegalStateException: plate ABC1234",
                                "io.atalaya.X.y(X.java:1)",
                                pausedUntil)),
                arrival);
    }

    private List<Alert> alerts() {
        return harness.extractOutputValues();
    }

    private void watermark(long time) throws Exception {
        harness.processBothWatermarks(new Watermark(time));
    }

    @Test
    void raisesOneAlertADeviceAndEndsItAfterAnHourWithoutFailures() throws Exception {
        fail("CAM-1", 7, NOON, null);
        fail("CAM-2", 8, NOON, null);
        watermark(NOON + HOUR / 2);
        fail("CAM-1", 9, NOON + HOUR / 2, null);
        watermark(NOON + HOUR);
        watermark(NOON + HOUR + HOUR / 2 - 1);
        assertThat(alerts())
                .extracting(alert -> alert.deviceId() + " " + alert.status())
                .containsExactly("CAM-1 NEW", "CAM-2 NEW", "CAM-1 UPDATED", "CAM-2 ENDED");
        watermark(NOON + HOUR + HOUR / 2);
        Alert ended = alerts().get(4);
        assertThat(ended.status()).isEqualTo(Alert.Status.ENDED);
        assertThat(ended.alertId()).isEqualTo(alerts().get(0).alertId());
        assertThat(ended.revision()).isEqualTo(ended.causedAt());
        assertThat(ended.lifecycle().endedAt()).isEqualTo(NOON + HOUR + HOUR / 2);
        assertThat(harness.numKeyedStateEntries()).isZero();
        assertThat(harness.numEventTimeTimers()).isZero();
    }

    @Test
    void saysWhereAndWhatFailedWithoutTheExceptionsMessage() throws Exception {
        harness.processElement2(
                new DeviceChange("CAM-1", device("CAM-1"), NOON - HOUR), NOON - HOUR);
        fail("CAM-1", 7, NOON, NOON + 60_000);
        Alert alert = alerts().get(0);
        assertThat(alert.assessment().action()).isEqualTo(Alert.Action.REVIEW);
        assertThat(alert.place().site()).isEqualTo("TOLUCA");
        assertThat(alert.place().device().latitude()).isEqualTo(19.3);
        assertThat(alert.evidence())
                .isEqualTo(
                        new FaultEvidence(
                                "cameras",
                                "java.lang.IllegalStateException",
                                "io.atalaya.X.y(X.java:1)",
                                1,
                                "camera-frames-1-7",
                                NOON + 60_000));
        assertThat(alert.toString()).doesNotContain("ABC1234");
    }

    @Test
    void emitsFewerUpdatesThanFailures() throws Exception {
        for (int i = 0; i < 1_000; i++) {
            fail("CAM-1", i, NOON + i, i < 1 ? null : NOON + HOUR);
        }
        assertThat(alerts()).hasSize(10);
        assertThat(((FaultEvidence) alerts().get(9).evidence()).failures()).isEqualTo(512);
    }

    @Test
    void aFailureOfNoDeviceIsTheOperators() throws Exception {
        fail(null, 7, NOON, null);
        assertThat(alerts().get(0).place().device()).isNull();
        assertThat(alerts().get(0).assessment().headline().es()).contains("cameras");
    }

    /** Any program may write such keys, and an alert that cannot be composed would end the job. */
    @Test
    void aFailureOfAKeyThatIsNoDeviceIdIsTheOperators() throws Exception {
        fail("", 7, NOON, null);
        fail("x".repeat(5_000), 8, NOON, null);
        assertThat(alerts())
                .extracting(alert -> alert.deviceId() + " " + alert.status())
                .containsExactly("null NEW", "null UPDATED");
    }

    @Test
    void ignoresInvalidRecords() throws Exception {
        harness.processElement1(
                new DeadLetter(
                        new RecordAddress("camera-frames", 1, 1),
                        NOON,
                        null,
                        new byte[0],
                        List.of(),
                        "time",
                        "time: got nothing",
                        null),
                NOON);
        assertThat(alerts()).isEmpty();
        assertThat(harness.numKeyedStateEntries()).isZero();
    }

    private static Device device(String id) {
        return new Device(
                id, Device.Kind.CAMERA, "TOLUCA", "Toluca", 19.3, -99.6, null, null, null, null);
    }
}
