package io.atalaya.hotlistmatch.score;

import io.atalaya.contracts.plate.Vehicle;
import io.atalaya.contracts.text.Message;
import io.atalaya.contracts.text.MessageCode;

/** Scores whether the vehicle that was read looks like the listed one. */
final class AppearanceScore {
    /**
     * Lower bound of the sum, in log-odds. A listed plate on another vehicle is itself of interest,
     * so appearance alone never suppresses a good read.
     */
    private static final double WORST = -3;

    private static final Attribute[] ATTRIBUTES = Attribute.values();

    private AppearanceScore() {}

    /**
     * Adds the contribution of the appearance.
     *
     * @param listed or null
     * @param seen or null
     */
    static void addTo(Vehicle listed, Vehicle seen, ContributionSink sink) {
        if (listed == null || !Attribute.isRecognised(seen)) {
            return;
        }
        double sum = 0;
        for (Attribute attribute : ATTRIBUTES) {
            sum += addTo(attribute, attribute.of(listed), attribute.of(seen), sink);
        }
        if (sum < WORST) {
            sink.add("looks-bound", WORST - sum, () -> Message.of(MessageCode.LOOKS_BOUND));
        }
    }

    /** Upper bound of the contribution, for any listed vehicle, in log-odds. */
    static double upperBound(Vehicle seen) {
        if (!Attribute.isRecognised(seen)) {
            return 0;
        }
        double sum = 0;
        for (Attribute attribute : ATTRIBUTES) {
            sum += attribute.of(seen) == null ? 0 : agrees(attribute);
        }
        return sum;
    }

    private static double agrees(Attribute attribute) {
        return Math.log(Attribute.RIGHT / attribute.chance());
    }

    /** Returns the contribution, in log-odds. */
    private static double addTo(
            Attribute attribute, String listed, String seen, ContributionSink sink) {
        if (listed == null || seen == null) {
            return 0;
        }
        double contribution =
                attribute.isSame(listed, seen)
                        ? agrees(attribute)
                        : Math.log((1 - Attribute.RIGHT) / (1 - attribute.chance()));
        sink.add(attribute.part(), contribution, () -> attribute.comparedWithListed(seen, listed));
        return contribution;
    }
}
