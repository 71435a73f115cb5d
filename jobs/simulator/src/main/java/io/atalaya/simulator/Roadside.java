package io.atalaya.simulator;

/**
 * How well the city's readers read.
 *
 * @param characters how often each character is mistaken; null: fixed shares of look-alikes, edits
 *     and worse, as a demonstration needs them in its few minutes. With it confidences and looks
 *     are as hard as measured ones, too
 * @param staleTags share of the tags that still name the plate before the car's last one, 0..1
 */
public record Roadside(CharacterRates characters, double staleTags) {

    /** A guess, not measured: cars whose new plate the tag's register has not heard of. */
    private static final double STALE_TAGS = 0.002;

    /**
     * @throws IllegalArgumentException if the share is none
     */
    public Roadside {
        if (!(staleTags >= 0 && staleTags <= 1)) {
            throw new IllegalArgumentException(
                    "roadside: staleTags: got " + staleTags + ", expected 0 to 1");
        }
    }

    /** Every kind of mistake within minutes, and no mistakes that nobody can settle. */
    public static Roadside demonstration() {
        return new Roadside(null, 0);
    }

    /** Mistakes as often as that table has them. */
    public static Roadside measured(CharacterRates characters) {
        return new Roadside(characters, STALE_TAGS);
    }
}
