package io.atalaya.hotlistmatch.score;

import io.atalaya.contracts.plate.Vehicle;
import io.atalaya.contracts.vocabulary.Vocabulary;

import java.util.function.Function;

/**
 * An attribute of a vehicle's appearance, as cameras recognise it. ROJO and red compare as the same
 * colour, and the Spanish words agree with the attribute's gender.
 */
public enum Attribute {
    MAKE("make", "marca", "distinta", "buscada", "make", Vocabulary.MAKES, 0.15, Vehicle::make) {
        @Override
        public String inSpanish(String value) {
            return inEnglish(value);
        }
    },
    COLOR(
            "color",
            "color",
            "distinto",
            "buscado",
            "colour",
            Vocabulary.COLORS,
            0.20,
            Vehicle::color),
    TYPE("type", "tipo", "distinto", "buscado", "type", Vocabulary.TYPES, 0.25, Vehicle::type);

    /** Share of recognised makes, colours and types that are right. */
    public static final double RIGHT = 0.93;

    /** Minimum confidence at which a camera's recognition counts. */
    private static final double MIN_CONFIDENCE = 0.5;

    private final String part;
    private final String es;
    private final String esDiffers;
    private final String esListed;
    private final String en;
    private final Vocabulary words;
    private final double chance;
    private final Function<Vehicle, String> value;

    Attribute(
            String part,
            String es,
            String esDiffers,
            String esListed,
            String en,
            Vocabulary words,
            double chance,
            Function<Vehicle, String> value) {
        this.part = part;
        this.es = es;
        this.esDiffers = esDiffers;
        this.esListed = esListed;
        this.en = en;
        this.words = words;
        this.chance = chance;
        this.value = value;
    }

    /** Whether a camera is sure enough of a vehicle's appearance. */
    public static boolean areRecognised(Vehicle vehicle) {
        return vehicle != null
                && (vehicle.confidence() == null || vehicle.confidence() >= MIN_CONFIDENCE);
    }

    /** The vehicle's value; null if unknown. */
    public String of(Vehicle vehicle) {
        String text = value.apply(vehicle);
        return text == null || text.isBlank() ? null : text;
    }

    /** Whether two values may mean the same. */
    public boolean same(String one, String other) {
        return words.same(one, other);
    }

    /** A value in Spanish; makes are names and the same in both languages. */
    public String inSpanish(String value) {
        return words.spanish(value);
    }

    /** A value in English. */
    public String inEnglish(String value) {
        return words.code(value);
    }

    /** The probability that two vehicles agree by chance, from the most frequent values. */
    public double chance() {
        return chance;
    }

    /** Name of the part in the evidence. */
    public String part() {
        return part;
    }

    /** Spanish name of the attribute. */
    public String es() {
        return es;
    }

    /** Spanish for "different". */
    public String esDiffers() {
        return esDiffers;
    }

    /** Spanish for "listed". */
    String esListed() {
        return esListed;
    }

    /** English name of the attribute. */
    public String en() {
        return en;
    }
}
