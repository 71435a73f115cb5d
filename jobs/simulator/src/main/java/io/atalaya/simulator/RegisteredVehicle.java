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
record RegisteredVehicle(
        String id, String plate, String state, Vehicle appearance, String tagId, String tagPlate) {

    /** The vehicle with a tag registered to its plate. */
    RegisteredVehicle withTag(String tag) {
        return new RegisteredVehicle(id, plate, state, appearance, tag, plate);
    }

    /** Whether the tag is registered to an earlier plate. */
    boolean hasStaleTag() {
        return tagId != null && !tagPlate.equals(plate);
    }
}
