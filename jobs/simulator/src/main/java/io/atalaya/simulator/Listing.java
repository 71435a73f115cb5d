package io.atalaya.simulator;

import io.atalaya.contracts.device.Device;
import io.atalaya.contracts.hotlist.HotlistEntry;
import io.atalaya.contracts.hotlist.MatchMode;
import io.atalaya.contracts.hotlist.Scope;
import io.atalaya.contracts.plate.Compass;
import io.atalaya.simulator.truth.ReadClass;

/**
 * A wanted vehicle's entry and its interval on the list.
 *
 * @param vehicle vehicle that it is about
 * @param addedAt arrival time, epoch ms
 * @param removedAt arrival time, or null
 * @param isByTag whether the vehicle has a false plate, so that only its tag identifies it
 */
record Listing(
        RegisteredVehicle vehicle,
        HotlistEntry entry,
        long addedAt,
        Long removedAt,
        boolean isByTag) {

    boolean coversPlace(Device arch, Compass direction) {
        Scope scope = entry.scope();
        return (scope.sites().isEmpty() || scope.sites().contains(arch.site()))
                && (scope.devices().isEmpty() || scope.devices().contains(arch.deviceId()))
                && (scope.directions().isEmpty() || scope.directions().contains(direction));
    }

    /** Whether a read of that class must be found under the entry's match mode. */
    boolean covers(ReadClass readClass) {
        return switch (readClass) {
            case EXACT, BY_TAG -> true;
            case LOOK_ALIKE -> entry.pattern() == null && entry.match() != MatchMode.EXACT;
            case ONE_EDIT -> entry.pattern() == null && entry.match() == MatchMode.FUZZY;
            case WORSE -> false;
        };
    }

    /** Whether the entry applies to a read; reads before the entry count for past-read matching. */
    boolean covers(long time, long arrival) {
        boolean past = arrival < addedAt;
        return (removedAt == null || arrival < removedAt)
                && entry.isValidAt(time)
                && !(past && entry.pattern() != null);
    }
}
