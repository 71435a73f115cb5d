package io.atalaya.videoanalytics.track;

import java.util.HashMap;
import java.util.Locale;
import java.util.Map;

/** What a thing can do: stop in the road, loiter, be left behind. Sources name types freely. */
public enum ObjectClass {
    VEHICLE(1, "Car", "Truck", "Bus", "Motorcycle", "Motorbike", "Vehicle", "Van", "Pickup"),
    PERSON(2, "Human", "Person", "Pedestrian"),
    OBJECT(3, "Bag", "Suitcase", "Backpack", "Handbag", "Luggage", "Package", "Box"),
    /** Seen and followed, but nothing is concluded from it: bicycles, animals, faces, unknowns. */
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

    /** The kind of a type as a source names it; {@link #OTHER} if unknown. */
    public static ObjectClass of(String type) {
        return BY_TYPE.getOrDefault(type, OTHER);
    }

    /** How large a box of this kind looks, in picture heights. */
    float sizeOf(float width, float height) {
        return this == PERSON ? height : (float) Math.sqrt(width * height);
    }

    /** Within how many of its sizes a thing stays that stays: people wander where they wait. */
    float reach() {
        return switch (this) {
            case PERSON -> 3f;
            case VEHICLE -> 0.6f;
            case OBJECT, OTHER -> 0.8f;
        };
    }

    /** For state: never the ordinal. */
    public int code() {
        return code;
    }

    /**
     * The kind of a {@link #code}.
     *
     * @throws IllegalArgumentException if it is none
     */
    public static ObjectClass ofCode(int code) {
        if (code > 0 && code < BY_CODE.length) {
            return BY_CODE[code];
        }
        throw new IllegalArgumentException("kind of object: got code " + code + ", expected 1..4");
    }
}
