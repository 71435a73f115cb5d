package io.atalaya.hotlistmatch.crosscheck.clonedplate;

import io.atalaya.contracts.device.Device;
import io.atalaya.contracts.device.Distance;
import io.atalaya.flink.device.DeviceHistory;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Registered devices, numbered, so that a plate's last place is a number. Some 24,000 devices, a
 * few MB a subtask.
 */
final class RegisteredDeviceLocations implements DeviceLocations {
    static final int UNKNOWN = -1;

    private final Map<String, DeviceHistory> histories = new HashMap<>();
    private final Map<String, Integer> numbers = new HashMap<>();
    private final List<Device> latest = new ArrayList<>();

    /** Takes in a device's registrations; true if it now has a place that it had not. */
    boolean put(String deviceId, DeviceHistory history) {
        histories.put(deviceId, history);
        Device device = history.last().device();
        int old = number(deviceId);
        if (device == null || !device.isPlaced()) {
            // What was seen there stays where it was.
            return false;
        }
        if (old != UNKNOWN) {
            latest.set(old, device);
            return false;
        }
        if (latest.size() == LastSightings.MAX_DEVICES) {
            return false;
        }
        numbers.put(deviceId, latest.size());
        latest.add(device);
        return true;
    }

    /**
     * A device was removed long ago. Its number stays, because sightings may name it; so at most
     * {@link LastSightings#MAX_DEVICES} devices have one until the next restart.
     */
    void forget(String deviceId) {
        histories.remove(deviceId);
    }

    @Override
    public Device at(String deviceId, long arrival) {
        DeviceHistory history = histories.get(deviceId);
        Device device = history == null ? null : history.at(arrival);
        return device == null || !device.isPlaced() ? null : device;
    }

    /** The device's number, or {@link #UNKNOWN}: it has no place. */
    int number(String deviceId) {
        Integer number = numbers.get(deviceId);
        return number == null ? UNKNOWN : number;
    }

    /** Never less than the distance of two devices, by number, where they stand now. */
    double atMostKm(int one, int other) {
        Device a = latest.get(one);
        Device b = latest.get(other);
        return Distance.atMostKm(a.latitude(), a.longitude(), b.latitude(), b.longitude());
    }
}
