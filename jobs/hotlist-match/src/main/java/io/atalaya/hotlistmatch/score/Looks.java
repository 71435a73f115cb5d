package io.atalaya.hotlistmatch.score;

import io.atalaya.alert.HotlistEvidence.Part;
import io.atalaya.plate.Vehicle;
import io.atalaya.vocabulary.Vocabulary;

import java.util.List;

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
    static void weigh(Vehicle listed, Vehicle seen, List<Part> parts) {
        if (listed == null
                || seen == null
                || (seen.confidence() != null && seen.confidence() < MIN_CONFIDENCE)) {
            return;
        }
        int before = parts.size();
        weigh(MAKE, listed.make(), seen.make(), parts);
        weigh(COLOR, listed.color(), seen.color(), parts);
        weigh(TYPE, listed.type(), seen.type(), parts);
        double sum = 0;
        for (Part part : parts.subList(before, parts.size())) {
            sum += part.logOdds();
        }
        if (sum < WORST) {
            parts.add(
                    new Part(
                            "looks-bound",
                            WORST - sum,
                            "el aspecto por sí solo no descarta una placa",
                            "looks alone do not rule out a plate"));
        }
    }

    private static void weigh(Attribute attribute, String listed, String seen, List<Part> parts) {
        if (listed == null || listed.isBlank() || seen == null || seen.isBlank()) {
            return;
        }
        if (attribute.words().same(listed, seen)) {
            parts.add(
                    new Part(
                            attribute.name(),
                            attribute.agree(),
                            attribute.es() + " coincide: " + seen,
                            attribute.en() + " agrees: " + seen));
        } else {
            parts.add(
                    new Part(
                            attribute.name(),
                            attribute.disagree(),
                            attribute.es()
                                    + " "
                                    + attribute.esDiffers()
                                    + ": "
                                    + seen
                                    + ", "
                                    + attribute.esListed()
                                    + " "
                                    + listed,
                            attribute.en() + " differs: " + seen + ", listed " + listed));
        }
    }
}
