package io.atalaya.dispatch.incident;

import java.time.Duration;
import java.util.HashMap;
import java.util.Map;

/** The share of a device's incidents that were closed as false alarms, of the last ones. */
final class FalseAlarms {
    /** Beyond this both counts are halved, so that what was long ago counts less. */
    private static final int MAX_COUNT = 40;

    /** Fewer incidents say nothing about a device. */
    private static final int MIN_COUNT = 4;

    private static final long KEPT_MS = Duration.ofDays(365).toMillis();

    private final Map<String, Device> devices = new HashMap<>();
    private final IncidentStore store;

    /** Counts of a device. */
    static final class Device {
        int closed;
        int falseAlarms;
        long lastAt;
    }

    FalseAlarms(IncidentStore store) {
        this.store = store;
    }

    void restore(String deviceId, Device device) {
        devices.put(deviceId, device);
    }

    void closed(String deviceId, boolean isFalseAlarm, long now) {
        Device device = devices.computeIfAbsent(deviceId, id -> new Device());
        device.lastAt = now;
        device.closed++;
        device.falseAlarms += isFalseAlarm ? 1 : 0;
        if (device.closed > MAX_COUNT) {
            device.closed /= 2;
            device.falseAlarms /= 2;
        }
        store.put(Section.DEVICE, deviceId, device);
    }

    /** Forgets the devices that had no incident for long. */
    void evict(long now) {
        devices.entrySet()
                .removeIf(
                        each -> {
                            boolean isOld = each.getValue().lastAt < now - KEPT_MS;
                            if (isOld) {
                                store.remove(Section.DEVICE, each.getKey());
                            }
                            return isOld;
                        });
    }

    /** 0 to 1; 0 if too few are known. */
    double share(String deviceId) {
        Device device = devices.get(deviceId);
        return device == null || device.closed < MIN_COUNT
                ? 0
                : (double) device.falseAlarms / device.closed;
    }
}
