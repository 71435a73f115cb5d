package io.atalaya.hotlistmatch.crosscheck.convoy;

import io.atalaya.contracts.plate.CanonicalPlate;

/**
 * A car at an arch of a listed vehicle.
 *
 * @param text packed folded plate
 */
record SharedPassage(PassageNeighbourhood arch, NearbyRead car, long text) {

    static SharedPassage of(PassageNeighbourhood arch, NearbyRead car) {
        return new SharedPassage(arch, car, CanonicalPlate.fold(CanonicalPlate.pack(car.plate())));
    }

    /** The car's time less the listed vehicle's, in ms. */
    long gap() {
        return arch.gap(car);
    }

    /** Since when it could be known, arrival clock. */
    long at() {
        return arch.at(car);
    }

    String device() {
        return arch.listed().deviceId();
    }
}
