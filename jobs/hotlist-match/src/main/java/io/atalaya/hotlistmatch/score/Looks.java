package io.atalaya.hotlistmatch.score;

import io.atalaya.plate.Vehicle;
import io.atalaya.vocabulary.Vocabulary;

/** Whether the vehicle seen looks like the one listed. */
final class Looks {
    /**
     * Recognised make, colour and type are right in 93 %; chance agreement by the commonest values.
     */
    private static final Attribute MAKE =
            new Attribute(
                    "make", "marca", "distinta", "buscada", "make", Vocabulary.MAKES, 0.93, 0.15);

    private static final Attribute COLOR =
            new Attribute(
                    "color",
                    "color",
                    "distinto",
                    "buscado",
                    "colour",
                    Vocabulary.COLORS,
                    0.93,
                    0.20);
    private static final Attribute TYPE =
            new Attribute(
                    "type", "tipo", "distinto", "buscado", "type", Vocabulary.TYPES, 0.93, 0.25);

    /**
     * A listed plate on another car is itself of interest: looks alone never silence a good read.
     */
    private static final double WORST = -3;

    private static final double MIN_CONFIDENCE = 0.5;

    /** The Spanish words agree with the attribute's gender. */
    private record Attribute(
            String name,
            String es,
            String esDiffers,
            String esListed,
            String en,
            Vocabulary words,
            double right,
            double chance) {
        double agree() {
            return Math.log(right / chance);
        }

        double disagree() {
            return Math.log((1 - right) / (1 - chance));
        }
    }

    private Looks() {}

    /**
     * Adds what the looks say.
     *
     * @param listed or null
     * @param seen or null
     */
    static void weigh(Vehicle listed, Vehicle seen, Weighing weighing) {
        if (listed == null
                || seen == null
                || (seen.confidence() != null && seen.confidence() < MIN_CONFIDENCE)) {
            return;
        }
        double sum =
                weigh(MAKE, listed.make(), seen.make(), weighing)
                        + weigh(COLOR, listed.color(), seen.color(), weighing)
                        + weigh(TYPE, listed.type(), seen.type(), weighing);
        if (sum < WORST) {
            weighing.add(
                    "looks-bound",
                    WORST - sum,
                    () -> "el aspecto por sí solo no descarta una placa",
                    () -> "looks alone do not rule out a plate");
        }
    }

    /** Returns what was added, in log-odds. */
    private static double weigh(
            Attribute attribute, String listed, String seen, Weighing weighing) {
        if (listed == null || listed.isBlank() || seen == null || seen.isBlank()) {
            return 0;
        }
        if (attribute.words().same(listed, seen)) {
            weighing.add(
                    attribute.name(),
                    attribute.agree(),
                    () -> attribute.es() + " coincide: " + seen,
                    () -> attribute.en() + " agrees: " + seen);
            return attribute.agree();
        }
        weighing.add(
                attribute.name(),
                attribute.disagree(),
                () ->
                        attribute.es()
                                + " "
                                + attribute.esDiffers()
                                + ": "
                                + seen
                                + ", "
                                + attribute.esListed()
                                + " "
                                + listed,
                () -> attribute.en() + " differs: " + seen + ", listed " + listed);
        return attribute.disagree();
    }
}
