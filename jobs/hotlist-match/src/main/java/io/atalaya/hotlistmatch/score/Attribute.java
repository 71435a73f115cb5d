package io.atalaya.hotlistmatch.score;

import io.atalaya.contracts.plate.Vehicle;
import io.atalaya.contracts.text.Message;
import io.atalaya.contracts.text.MessageCode;
import io.atalaya.contracts.text.Text;
import io.atalaya.contracts.vocabulary.Vocabulary;

import java.util.function.Function;

import static io.atalaya.contracts.text.MessageCode.COLORS_AGREE;
import static io.atalaya.contracts.text.MessageCode.COLORS_DIFFER;
import static io.atalaya.contracts.text.MessageCode.COLOR_AGREES;
import static io.atalaya.contracts.text.MessageCode.COLOR_AS_TAG;
import static io.atalaya.contracts.text.MessageCode.COLOR_DIFFERS;
import static io.atalaya.contracts.text.MessageCode.COLOR_NOT_AS_TAG;
import static io.atalaya.contracts.text.MessageCode.MAKES_AGREE;
import static io.atalaya.contracts.text.MessageCode.MAKES_DIFFER;
import static io.atalaya.contracts.text.MessageCode.MAKE_AGREES;
import static io.atalaya.contracts.text.MessageCode.MAKE_AS_TAG;
import static io.atalaya.contracts.text.MessageCode.MAKE_DIFFERS;
import static io.atalaya.contracts.text.MessageCode.MAKE_NOT_AS_TAG;
import static io.atalaya.contracts.text.MessageCode.TYPES_AGREE;
import static io.atalaya.contracts.text.MessageCode.TYPES_DIFFER;
import static io.atalaya.contracts.text.MessageCode.TYPE_AGREES;
import static io.atalaya.contracts.text.MessageCode.TYPE_AS_TAG;
import static io.atalaya.contracts.text.MessageCode.TYPE_DIFFERS;
import static io.atalaya.contracts.text.MessageCode.TYPE_NOT_AS_TAG;

/**
 * An attribute of a vehicle's appearance, as cameras recognise it. ROJO and red compare as the same
 * colour.
 */
public enum Attribute {
    MAKE(
            "make",
            Vocabulary.MAKES,
            0.15,
            Vehicle::make,
            new Codes(MAKE_AGREES, MAKE_DIFFERS),
            new Codes(MAKES_AGREE, MAKES_DIFFER),
            new Codes(MAKE_AS_TAG, MAKE_NOT_AS_TAG)),
    COLOR(
            "color",
            Vocabulary.COLORS,
            0.20,
            Vehicle::color,
            new Codes(COLOR_AGREES, COLOR_DIFFERS),
            new Codes(COLORS_AGREE, COLORS_DIFFER),
            new Codes(COLOR_AS_TAG, COLOR_NOT_AS_TAG)),
    TYPE(
            "type",
            Vocabulary.TYPES,
            0.25,
            Vehicle::type,
            new Codes(TYPE_AGREES, TYPE_DIFFERS),
            new Codes(TYPES_AGREE, TYPES_DIFFER),
            new Codes(TYPE_AS_TAG, TYPE_NOT_AS_TAG));

    /** Share of recognised makes, colours and types that are right. */
    public static final double RIGHT = 0.93;

    /** Minimum confidence at which a camera's recognition counts. */
    private static final double MIN_CONFIDENCE = 0.5;

    private final String part;
    private final Vocabulary words;
    private final double chance;
    private final Function<Vehicle, String> value;
    private final Codes withListed;
    private final Codes betweenReads;
    private final Codes withTag;

    /** The messages for two equal and for two different values. */
    private record Codes(MessageCode agrees, MessageCode differs) {}

    Attribute(
            String part,
            Vocabulary words,
            double chance,
            Function<Vehicle, String> value,
            Codes withListed,
            Codes betweenReads,
            Codes withTag) {
        this.part = part;
        this.words = words;
        this.chance = chance;
        this.value = value;
        this.withListed = withListed;
        this.betweenReads = betweenReads;
        this.withTag = withTag;
    }

    /** Whether a camera is sure enough of a vehicle's appearance. */
    public static boolean isRecognised(Vehicle vehicle) {
        return vehicle != null
                && (vehicle.confidence() == null || vehicle.confidence() >= MIN_CONFIDENCE);
    }

    /** The vehicle's value; null if unknown. */
    public String of(Vehicle vehicle) {
        String text = value.apply(vehicle);
        return text == null || text.isBlank() ? null : text;
    }

    /** Whether two values may mean the same. */
    public boolean isSame(String one, String other) {
        return words.isSame(one, other);
    }

    /** Compares a value that was read with the listed one. */
    public Message comparedWithListed(String seen, String listed) {
        return message(withListed, seen, listed);
    }

    /** Compares the values of two reads. */
    public Message comparedBetweenReads(String one, String other) {
        return message(betweenReads, one, other);
    }

    /** Compares a value that was read with the one registered for the tag. */
    public Message comparedWithTag(String seen, String registered) {
        return message(withTag, seen, registered);
    }

    private Message message(Codes codes, String one, String other) {
        return isSame(one, other)
                ? Message.of(codes.agrees(), word(one))
                : Message.of(codes.differs(), word(one), word(other));
    }

    /** A value in both languages; makes are names. */
    private Text word(String value) {
        String code = words.code(value);
        return this == MAKE
                ? new Text.Word(code)
                : new Text.Translation(words.spanish(value), code);
    }

    /** The probability that two vehicles agree by chance, from the most frequent values. */
    public double chance() {
        return chance;
    }

    /** Name of the part in the evidence. */
    public String part() {
        return part;
    }
}
