package io.atalaya.flink.device;

import io.atalaya.contracts.device.Device;

import java.util.ArrayList;
import java.util.List;
import java.util.Objects;

/**
 * The latest registrations of one device, oldest first, so that a read gets the device's location
 * at its arrival, in whichever order the topics are read.
 */
public record DeviceHistory(List<Registration> registrations) {
    private static final int MAX = 8;

    /** A registration with the arrival time of its record; the device is null after a removal. */
    public record Registration(long inForceFrom, Device device) {}

    /** The history with a registration added; a repetition of the one in force changes nothing. */
    public static DeviceHistory with(DeviceHistory old, Registration added) {
        List<Registration> all = new ArrayList<>(old == null ? List.of() : old.registrations);
        int at = all.size();
        while (at > 0 && all.get(at - 1).inForceFrom() > added.inForceFrom()) {
            at--;
        }
        if (at > 0 && Objects.equals(all.get(at - 1).device(), added.device())) {
            return old;
        }
        all.add(at, added);
        return new DeviceHistory(
                List.copyOf(all.subList(Math.max(0, all.size() - MAX), all.size())));
    }

    /** Whether the device is removed and has not been registered again. */
    public boolean isRemoved() {
        return last().device() == null;
    }

    /** Whether the device is removed, and was so before an arrival time. */
    boolean isRemovedBefore(long arrival) {
        return isRemoved() && last().inForceFrom() < arrival;
    }

    /** The latest registration or removal. */
    public Registration last() {
        return registrations.get(registrations.size() - 1);
    }

    /** The registration in force at an arrival time; before the first one, the first one. */
    public Device at(long arrival) {
        Device device = registrations.get(0).device();
        for (Registration registration : registrations) {
            if (registration.inForceFrom() <= arrival) {
                device = registration.device();
            }
        }
        return device;
    }
}
