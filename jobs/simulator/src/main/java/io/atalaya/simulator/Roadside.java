package io.atalaya.simulator;

/**
 * Error rates of the city's readers.
 *
 * @param characters error rate of each character; null for fixed shares of look-alikes, edits and
 *     worse, as needed for a demonstration of a few minutes. With rates, confidences and
 *     appearances are also as hard as measured ones
 * @param staleTags share of the tags still registered to the vehicle's previous plate, 0..1
 */
public record Roadside(CharacterRates characters, double staleTags) {

    /**
     * Share of vehicles whose new plate is missing in the tag register; an estimate, not measured.
     */
    private static final double STALE_TAGS = 0.002;

    /**
     * @throws IllegalArgumentException if the share is not within 0..1
     */
    public Roadside {
        if (!(staleTags >= 0 && staleTags <= 1)) {
            throw new IllegalArgumentException(
                    "roadside: staleTags: got " + staleTags + ", expected 0 to 1");
        }
    }

    /** Every kind of error within minutes, without stale tags, which cannot be decided. */
    public static Roadside demonstration() {
        return new Roadside(null, 0);
    }

    /** Errors at the given rates. */
    public static Roadside measured(CharacterRates characters) {
        return new Roadside(characters, STALE_TAGS);
    }
}
