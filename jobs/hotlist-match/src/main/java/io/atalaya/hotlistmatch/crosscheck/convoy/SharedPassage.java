package io.atalaya.hotlistmatch.crosscheck.convoy;

import io.atalaya.contracts.plate.CanonicalPlate;

/**
 * A read near a passage of a listed vehicle.
 *
 * @param text packed folded plate
 */
record SharedPassage(PassageNeighbourhood arch, NearbyRead car, long text) {

    static SharedPassage of(PassageNeighbourhood arch, NearbyRead car) {
        return new SharedPassage(arch, car, CanonicalPlate.fold(CanonicalPlate.pack(car.plate())));
    }

    /** The read's device time minus the listed vehicle's, in ms. */
    long gap() {
        return arch.gap(car);
    }

    /** Arrival time from which it could be known. */
    long at() {
        return arch.at(car);
    }

    String device() {
        return arch.listed().deviceId();
    }
}
