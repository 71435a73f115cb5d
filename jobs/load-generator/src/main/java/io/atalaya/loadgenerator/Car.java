package io.atalaya.loadgenerator;

import io.atalaya.plate.Vehicle;

/**
 * A vehicle as registered.
 *
 * @param id as the truth names it
 * @param state that issued the plate
 * @param tagId of its RFID tag, or null
 */
record Car(String id, String plate, String state, Vehicle vehicle, String tagId) {

    Car withTag(String tag) {
        return new Car(id, plate, state, vehicle, tag);
    }
}
