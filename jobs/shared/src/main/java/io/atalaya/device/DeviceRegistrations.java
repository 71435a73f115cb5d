package io.atalaya.device;

import org.apache.flink.api.common.state.BroadcastState;
import org.apache.flink.api.common.state.MapStateDescriptor;
import org.apache.flink.api.common.state.ReadOnlyBroadcastState;
import org.apache.flink.api.common.typeinfo.Types;

/** Registrations of devices in a step's broadcast state: some 24,000, a few MB. */
public final class DeviceRegistrations {
    public static final MapStateDescriptor<String, DeviceHistory> STATE =
            new MapStateDescriptor<>(
                    "devices", Types.STRING, DeviceHistoryFormat.INSTANCE.typeInfo());

    private DeviceRegistrations() {}

    /** Takes a change up, and returns all that is known of its device. */
    public static DeviceHistory take(
            DeviceChange change, BroadcastState<String, DeviceHistory> devices) throws Exception {
        DeviceHistory history =
                DeviceHistory.with(
                        devices.get(change.deviceId()),
                        new DeviceHistory.Registration(change.arrival(), change.device()));
        devices.put(change.deviceId(), history);
        return history;
    }

    /** The device as it was registered when a message of it arrived; null if it is unknown. */
    public static Device at(
            String deviceId, long arrival, ReadOnlyBroadcastState<String, DeviceHistory> devices)
            throws Exception {
        DeviceHistory history = devices.get(deviceId);
        return history == null ? null : history.at(arrival);
    }
}
