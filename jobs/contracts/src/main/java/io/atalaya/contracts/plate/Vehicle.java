package io.atalaya.contracts.plate;

import io.atalaya.contracts.json.Field;

/**
 * The appearance of a vehicle, as recognised or as listed. Every component may be null.
 *
 * @param confidence 0..1 of the recognition, null where listed
 */
public record Vehicle(String make, String model, String color, String type, Double confidence) {
    static final int MAX_NAME = 64;

    /**
     * @throws IllegalArgumentException naming the component that the contract does not allow
     */
    public Vehicle {
        Field.textOrNull("make", make, 0, MAX_NAME);
        Field.textOrNull("model", model, 0, MAX_NAME);
        Field.textOrNull("color", color, 0, MAX_NAME);
        Field.textOrNull("type", type, 0, MAX_NAME);
        confidence = Field.numberOrNull("confidence", confidence, 0, 1);
    }
}
