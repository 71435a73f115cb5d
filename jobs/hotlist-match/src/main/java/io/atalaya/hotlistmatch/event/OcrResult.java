package io.atalaya.hotlistmatch.event;

import io.atalaya.contracts.json.Field;

import java.util.Locale;

/**
 * What the plate's image, read again, says of whether it shows a listed plate. A fact about one
 * read and one plate.
 *
 * @param plate packed canonical listed plate that was asked about
 * @param outcome whether the image could be read at all
 * @param margin logarithm of how much less likely the image is, if it shows that plate, than if it
 *     shows {@code text}; 0: it does. Of an image that could not be read: 0
 * @param logOdds what that adds to the score
 * @param text that the image shows most likely, or null
 */
public record OcrResult(long plate, Outcome outcome, float margin, float logOdds, String text) {
    private static final float PLACES = 100;

    public OcrResult {
        Field.finite("margin", margin);
        Field.finite("logOdds", logOdds);
    }

    /** Whether there is an opinion, or why not. */
    public enum Outcome {
        READ(0),
        TOO_LARGE(1),
        UNREADABLE(2);

        private final int code;

        Outcome(int code) {
            this.code = code;
        }

        /** In state; it never changes. */
        public int code() {
            return code;
        }

        public static Outcome of(int code) {
            for (Outcome outcome : values()) {
                if (outcome.code == code) {
                    return outcome;
                }
            }
            throw new IllegalArgumentException("outcome " + code + " is unknown");
        }
    }

    /**
     * An opinion, rounded to what is shown of it: the last digits of a sum depend on the machine.
     */
    public static OcrResult read(long plate, double margin, double logOdds, String text) {
        return new OcrResult(plate, Outcome.READ, rounded(margin), rounded(logOdds), text);
    }

    /** The image says nothing, and so nothing against the plate. */
    public static OcrResult without(long plate, Outcome why) {
        return new OcrResult(plate, why, 0, 0, null);
    }

    private static float rounded(double value) {
        return Math.round(value * PLACES) / PLACES;
    }

    /** What was seen, in Spanish. */
    public String spanish() {
        return switch (outcome) {
            case READ ->
                    margin == 0
                            ? "la imagen de la placa, leída otra vez, es la buscada: " + text
                            : String.format(
                                    Locale.ROOT,
                                    "la imagen de la placa, leída otra vez, dice %s; la buscada le cuadra %.2g veces menos",
                                    text,
                                    Math.exp(-margin));
            case TOO_LARGE -> "sin segunda opinión: la imagen de la placa es demasiado grande";
            case UNREADABLE -> "sin segunda opinión: la imagen de la placa no se puede leer";
        };
    }

    /** What was seen, in English. */
    public String english() {
        return switch (outcome) {
            case READ ->
                    margin == 0
                            ? "the plate's image, read again, is the listed plate: " + text
                            : String.format(
                                    Locale.ROOT,
                                    "the plate's image, read again, says %s; the listed plate fits it %.2g times less",
                                    text,
                                    Math.exp(-margin));
            case TOO_LARGE -> "no second opinion: the plate's image is too large";
            case UNREADABLE -> "no second opinion: the plate's image cannot be read";
        };
    }
}
