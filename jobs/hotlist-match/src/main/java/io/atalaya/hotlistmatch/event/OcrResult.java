package io.atalaya.hotlistmatch.event;

import io.atalaya.contracts.json.Field;
import io.atalaya.contracts.plate.CanonicalPlate;
import io.atalaya.contracts.text.Message;
import io.atalaya.contracts.text.MessageCode;

/**
 * Result of reading the plate image again: how well it supports a listed plate. A fact about one
 * read and one plate.
 *
 * @param plate packed canonical listed plate of the request
 * @param outcome whether the image could be read
 * @param margin natural logarithm of how much less likely the image is under that plate than under
 *     {@code text}; 0: the plate is the best text, or the image could not be read
 * @param logOdds what the result adds to the score
 * @param text most likely text of the image, or null
 */
public record OcrResult(long plate, Outcome outcome, float margin, float logOdds, String text) {
    private static final float PLACES = 100;

    public OcrResult {
        Field.finite("margin", margin);
        Field.finite("logOdds", logOdds);
    }

    /** Whether the image was read, or why not. */
    public enum Outcome {
        READ(0),
        TOO_LARGE(1),
        UNREADABLE(2);

        private final int code;

        Outcome(int code) {
            this.code = code;
        }

        /** The code in state; it never changes. */
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
     * A result rounded to the two decimals that are shown, because the last digits of a sum depend
     * on the machine.
     */
    public static OcrResult read(long plate, double margin, double logOdds, String text) {
        return new OcrResult(plate, Outcome.READ, rounded(margin), rounded(logOdds), text);
    }

    /** A result without evidence for or against the plate, because the image was not read. */
    public static OcrResult without(long plate, Outcome why) {
        return new OcrResult(plate, why, 0, 0, null);
    }

    /** Whether the listed plate is the most likely text of the image. */
    public boolean isListed() {
        return outcome == Outcome.READ && margin == 0;
    }

    private static float rounded(double value) {
        return Math.round(value * PLACES) / PLACES;
    }

    /**
     * Description for people.
     *
     * @param read packed canonical text that was read
     */
    public Message message(long read) {
        return switch (outcome) {
            case READ -> {
                if (margin == 0) {
                    yield Message.of(
                            plate == read
                                    ? MessageCode.OCR_SAYS_LISTED_TOO
                                    : MessageCode.OCR_SAYS_LISTED,
                            text);
                }
                boolean errAlike =
                        plate != read
                                && CanonicalPlate.isPlate(text)
                                && CanonicalPlate.pack(text) == read;
                yield Message.of(
                        errAlike ? MessageCode.OCR_SAYS_READ : MessageCode.OCR_SAYS_OTHER,
                        text,
                        Math.exp(-margin));
            }
            case TOO_LARGE -> Message.of(MessageCode.OCR_IMAGE_TOO_LARGE);
            case UNREADABLE -> Message.of(MessageCode.OCR_IMAGE_UNREADABLE);
        };
    }
}
