package io.atalaya.hotlistmatch.crosscheck;

import io.atalaya.contracts.alert.HotlistEvidence.Part;
import io.atalaya.contracts.json.Field;

import java.util.ArrayList;
import java.util.List;

/**
 * One explanation against others, each with a weight; what a piece of evidence does to the odds
 * becomes a part of the score.
 */
public final class HypothesisOdds {
    private double weight;
    private final double[] others;
    private final List<Part> parts = new ArrayList<>();
    private double logOdds;

    /**
     * @param weight of the explanation that would be an alert
     * @param others weights of the explanations that compete with it
     */
    public HypothesisOdds(double weight, double... others) {
        this.weight = weight;
        this.others = others.clone();
    }

    /** Multiplies the weight of the explanation that would be an alert. */
    public HypothesisOdds times(double factor) {
        weight *= factor;
        return this;
    }

    /** Multiplies the weight of one of the others. */
    public HypothesisOdds times(int other, double factor) {
        others[other] *= factor;
        return this;
    }

    /** Says in words what the weights were changed for since the last part. */
    public void part(String name, String es, String en) {
        double against = 0;
        for (double other : others) {
            against += other;
        }
        // Each explanation has some weight, or there would be no odds.
        double now = Field.finite(name, Math.log(weight / against));
        parts.add(new Part(name, now - logOdds, es, en));
        logOdds = now;
    }

    /** The sum of the parts' logarithms of odds, as a probability. */
    public double posterior() {
        return 1 / (1 + Math.exp(-logOdds));
    }

    public List<Part> parts() {
        return List.copyOf(parts);
    }
}
