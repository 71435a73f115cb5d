package io.atalaya.flink.device;

import io.atalaya.contracts.device.Device;
import io.atalaya.flink.serializer.BinaryTypeInfo;

import org.apache.flink.api.common.state.BroadcastState;
import org.apache.flink.api.common.state.MapStateDescriptor;
import org.apache.flink.api.common.state.ReadOnlyBroadcastState;
import org.apache.flink.api.common.typeinfo.Types;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;

/**
 * Registrations of devices in an operator's broadcast state: some 24,000, a few MB. A removed
 * device is kept for {@link #KEEP_REMOVED_MS}, for records that arrived before its removal, and
 * then until the next removal.
 */
public final class DeviceRegistrations {
    public static final MapStateDescriptor<String, DeviceHistory> STATE =
            new MapStateDescriptor<>(
                    "registrations", Types.STRING, BinaryTypeInfo.of(DeviceHistory.class));

    /** Longer than any item that names a device stays open. */
    static final long KEEP_REMOVED_MS = 48 * 3_600_000L;

    private DeviceRegistrations() {}

    /** Applies a change and returns the history of its device. */
    public static DeviceHistory apply(
            DeviceChange change, BroadcastState<String, DeviceHistory> devices) throws Exception {
        return apply(change, devices, deviceId -> {});
    }

    /**
     * Applies a change and returns the history of its device.
     *
     * @param onEvicted receives each device that is evicted because it was removed long ago
     */
    public static DeviceHistory apply(
            DeviceChange change,
            BroadcastState<String, DeviceHistory> devices,
            Consumer<String> onEvicted)
            throws Exception {
        if (change.device() == null) {
            for (String deviceId : removedBefore(change.arrivalTime() - KEEP_REMOVED_MS, devices)) {
                devices.remove(deviceId);
                onEvicted.accept(deviceId);
            }
        }
        DeviceHistory history =
                DeviceHistory.with(
                        devices.get(change.deviceId()),
                        new DeviceHistory.Registration(change.arrivalTime(), change.device()));
        devices.put(change.deviceId(), history);
        return history;
    }

    private static List<String> removedBefore(
            long arrival, BroadcastState<String, DeviceHistory> devices) throws Exception {
        List<String> removed = new ArrayList<>();
        for (Map.Entry<String, DeviceHistory> entry : devices.immutableEntries()) {
            if (entry.getValue().isRemovedBefore(arrival)) {
                removed.add(entry.getKey());
            }
        }
        return removed;
    }

    /** The device as registered when a message of it arrived; null if it is unknown. */
    public static Device at(
            String deviceId, long arrival, ReadOnlyBroadcastState<String, DeviceHistory> devices)
            throws Exception {
        DeviceHistory history = devices.get(deviceId);
        return history == null ? null : history.at(arrival);
    }
}
