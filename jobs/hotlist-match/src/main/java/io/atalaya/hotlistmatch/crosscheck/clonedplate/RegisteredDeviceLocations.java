package io.atalaya.hotlistmatch.crosscheck.clonedplate;

import io.atalaya.contracts.device.Device;
import io.atalaya.contracts.device.Distance;
import io.atalaya.flink.device.DeviceHistory;
import io.atalaya.hotlistmatch.crosscheck.clonedplate.CloneLogic.DeviceLocations;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Registered devices, numbered, so that the device of a plate's last read takes few bits. About
 * 24,000 devices take a few MB per subtask.
 */
final class RegisteredDeviceLocations implements DeviceLocations {
    static final int UNKNOWN = -1;

    private final Map<String, DeviceHistory> histories = new HashMap<>();
    private final Map<String, Integer> numbers = new HashMap<>();
    private final List<Device> latest = new ArrayList<>();

    /** Applies a device's registrations; returns whether it has its first location now. */
    boolean put(String deviceId, DeviceHistory history) {
        histories.put(deviceId, history);
        Device device = history.last().device();
        int old = number(deviceId);
        if (device == null || !device.isPlaced()) {
            // Earlier reads at the device keep their location.
            return false;
        }
        if (old != UNKNOWN) {
            latest.set(old, device);
            return false;
        }
        if (latest.size() == LastReads.MAX_DEVICES) {
            return false;
        }
        numbers.put(deviceId, latest.size());
        latest.add(device);
        return true;
    }

    /**
     * Drops a device that was removed long ago. Its number stays in use, because reads may refer to
     * it; so at most {@link LastReads#MAX_DEVICES} devices get one until the next restart.
     */
    void evict(String deviceId) {
        histories.remove(deviceId);
    }

    @Override
    public Device at(String deviceId, long arrival) {
        DeviceHistory history = histories.get(deviceId);
        Device device = history == null ? null : history.at(arrival);
        return device == null || !device.isPlaced() ? null : device;
    }

    /** The device's number, or {@link #UNKNOWN} if it has no location. */
    int number(String deviceId) {
        Integer number = numbers.get(deviceId);
        return number == null ? UNKNOWN : number;
    }

    /**
     * An upper bound of the distance between two devices, by number, at their current locations.
     */
    double atMostKm(int one, int other) {
        Device a = latest.get(one);
        Device b = latest.get(other);
        return Distance.upperBoundKm(a.latitude(), a.longitude(), b.latitude(), b.longitude());
    }
}
