package io.atalaya.videoanalytics.track;

import io.atalaya.contracts.alert.CameraEvidence;

import java.util.HashMap;
import java.util.Locale;
import java.util.Map;

/**
 * Class of an object by what it can do: stop on the road, loiter, be left behind. Sources name
 * their types freely.
 */
public enum ObjectClass {
    VEHICLE(1, "Car", "Truck", "Bus", "Motorcycle", "Motorbike", "Vehicle", "Van", "Pickup"),
    PERSON(2, "Human", "Person", "Pedestrian"),
    ITEM(3, "Bag", "Suitcase", "Backpack", "Handbag", "Luggage", "Package", "Box"),
    /** Tracked, but ignored by the detectors: bicycles, animals, faces, unknown types. */
    OTHER(4);

    private static final Map<String, ObjectClass> BY_TYPE = new HashMap<>();

    private static final ObjectClass[] BY_CODE = new ObjectClass[values().length + 1];

    static {
        for (ObjectClass kind : values()) {
            BY_CODE[kind.code] = kind;
            for (String type : kind.types) {
                BY_TYPE.put(type, kind);
                BY_TYPE.put(type.toLowerCase(Locale.ROOT), kind);
                BY_TYPE.put(type.toUpperCase(Locale.ROOT), kind);
            }
        }
    }

    private final int code;
    private final String[] types;

    ObjectClass(int code, String... types) {
        this.code = code;
        this.types = types;
    }

    /** The class of a type as a source names it; {@link #OTHER} if unknown. */
    public static ObjectClass of(String type) {
        return BY_TYPE.getOrDefault(type, OTHER);
    }

    /** Apparent size of a box of this class, in image heights. */
    float sizeOf(float width, float height) {
        return this == PERSON ? height : (float) Math.sqrt(width * height);
    }

    /**
     * Radius, in sizes of the object, within which it counts as stationary: people move about while
     * they wait.
     */
    float reach() {
        return switch (this) {
            case PERSON -> 3f;
            case VEHICLE -> 0.6f;
            case ITEM, OTHER -> 0.8f;
        };
    }

    /** The same as evidence of an alert. */
    public CameraEvidence.ObjectClass toEvidence() {
        return CameraEvidence.ObjectClass.valueOf(name());
    }

    /** Code for the state; never the ordinal. */
    public int code() {
        return code;
    }

    /**
     * The class of a {@link #code}.
     *
     * @throws IllegalArgumentException if the code is unknown
     */
    public static ObjectClass ofCode(int code) {
        if (code > 0 && code < BY_CODE.length) {
            return BY_CODE[code];
        }
        throw new IllegalArgumentException("kind of object: got code " + code + ", expected 1..4");
    }
}
