package io.atalaya.simulator;

import io.atalaya.contracts.plate.Vehicle;

/**
 * A vehicle as registered.
 *
 * @param id id in the ground truth
 * @param state state that issued the plate
 * @param tagId id of its RFID tag, or null
 * @param tagPlate plate registered for the tag: its own, or its previous one
 */
record Car(String id, String plate, String state, Vehicle vehicle, String tagId, String tagPlate) {

    /** The vehicle with a tag registered to its plate. */
    Car withTag(String tag) {
        return new Car(id, plate, state, vehicle, tag, plate);
    }

    /** Whether the tag is registered to an earlier plate. */
    boolean hasStaleTag() {
        return tagId != null && !tagPlate.equals(plate);
    }
}
