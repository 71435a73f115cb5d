package io.atalaya.flink.device;

import io.atalaya.contracts.device.Device;

import org.apache.flink.api.common.ExecutionConfig;
import org.apache.flink.api.common.state.BroadcastState;
import org.apache.flink.core.fs.CloseableRegistry;
import org.apache.flink.runtime.state.DefaultOperatorStateBackendBuilder;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import java.util.ArrayList;
import java.util.List;

import static org.assertj.core.api.Assertions.assertThat;

class DeviceRegistrationsTest {
    private static final long NOON = 1_772_542_800_000L;
    private static final long LONG_AFTER = NOON + DeviceRegistrations.KEEP_REMOVED_MS + 1;

    private final List<String> forgotten = new ArrayList<>();
    private BroadcastState<String, DeviceHistory> devices;

    @BeforeEach
    void open() throws Exception {
        devices =
                new DefaultOperatorStateBackendBuilder(
                                getClass().getClassLoader(),
                                new ExecutionConfig(),
                                false,
                                List.of(),
                                new CloseableRegistry())
                        .build()
                        .getBroadcastState(DeviceRegistrations.STATE);
    }

    @Test
    void aRemovedDeviceIsKnownOnForWhatArrivedBefore() throws Exception {
        take("CAM-1", NOON, true);
        take("CAM-1", NOON + 10, false);
        take("CAM-2", LONG_AFTER, false);

        assertThat(DeviceRegistrations.at("CAM-1", NOON + 9, devices)).isNotNull();
        assertThat(DeviceRegistrations.at("CAM-1", NOON + 10, devices)).isNull();
        assertThat(forgotten).isEmpty();
    }

    @Test
    void devicesThatComeAndVanishLeaveNothing() throws Exception {
        for (int i = 0; i < 100; i++) {
            take("DRONE-" + i, NOON + i, true);
            take("DRONE-" + i, NOON + i, false);
        }
        take("DRONE-7", NOON + 200, true);
        take("CAM-1", NOON, true);
        take("LAST", LONG_AFTER + 300, false);

        assertThat(forgotten).hasSize(99).doesNotContain("DRONE-7", "CAM-1");
        assertThat(devices.immutableEntries())
                .extracting(entry -> entry.getKey())
                .containsExactlyInAnyOrder("DRONE-7", "CAM-1", "LAST");
    }

    private void take(String deviceId, long arrival, boolean isThere) throws Exception {
        Device device = isThere ? camera(deviceId) : null;
        DeviceRegistrations.apply(
                new DeviceChange(deviceId, device, arrival), devices, forgotten::add);
    }

    private static Device camera(String deviceId) {
        return new Device(
                deviceId, Device.Kind.CAMERA, null, null, null, null, null, null, null, null);
    }
}
