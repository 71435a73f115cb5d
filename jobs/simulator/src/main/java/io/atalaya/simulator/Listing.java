package io.atalaya.simulator;

import io.atalaya.contracts.device.Device;
import io.atalaya.contracts.hotlist.HotlistEntry;
import io.atalaya.contracts.hotlist.MatchMode;
import io.atalaya.contracts.hotlist.Scope;
import io.atalaya.contracts.plate.Compass;

/**
 * A wanted vehicle's entry and when it is on the list.
 *
 * @param car that it is about
 * @param addedAt arrival clock, epoch ms
 * @param removedAt arrival clock, or null
 * @param byTag the car drives under a false plate, so that only its tag tells
 */
record Listing(Car car, HotlistEntry entry, long addedAt, Long removedAt, boolean byTag) {

    boolean coversPlace(Device arch, Compass direction) {
        Scope scope = entry.scope();
        return (scope.sites().isEmpty() || scope.sites().contains(arch.site()))
                && (scope.devices().isEmpty() || scope.devices().contains(arch.deviceId()))
                && (scope.directions().isEmpty() || scope.directions().contains(direction));
    }

    /** Whether a read of that class must be found, by how far the entry lets a read be away. */
    boolean covers(ReadClass readClass) {
        return switch (readClass) {
            case EXACT, BY_TAG -> true;
            case LOOK_ALIKE -> entry.pattern() == null && entry.match() != MatchMode.EXACT;
            case ONE_EDIT -> entry.pattern() == null && entry.match() == MatchMode.FUZZY;
            case WORSE -> false;
        };
    }

    /**
     * Whether a read belongs to the time the entry is about: before it came counts, as the past.
     */
    boolean covers(long time, long arrival) {
        boolean past = arrival < addedAt;
        return (removedAt == null || arrival < removedAt)
                && entry.isValidAt(time)
                && !(past && entry.pattern() != null);
    }
}
