package io.atalaya.simulator;

import io.atalaya.contracts.plate.Vehicle;

/**
 * A vehicle as registered.
 *
 * @param id as the truth names it
 * @param state that issued the plate
 * @param tagId of its RFID tag, or null
 * @param tagPlate the plate that the tag names: its own, or the one it had before
 */
record Car(String id, String plate, String state, Vehicle vehicle, String tagId, String tagPlate) {

    /** With a tag that names its plate. */
    Car withTag(String tag) {
        return new Car(id, plate, state, vehicle, tag, plate);
    }

    /** Whether the tag has not heard of the plate. */
    boolean hasStaleTag() {
        return tagId != null && !tagPlate.equals(plate);
    }
}
