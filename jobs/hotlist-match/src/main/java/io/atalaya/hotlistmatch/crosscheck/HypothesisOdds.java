package io.atalaya.hotlistmatch.crosscheck;

import io.atalaya.contracts.alert.ScoreContribution;
import io.atalaya.contracts.json.Field;
import io.atalaya.contracts.text.Message;

import java.util.ArrayList;
import java.util.List;

/**
 * The odds of one explanation against competing ones, each with a weight. Each piece of evidence
 * becomes a part of the score: its change of the log-odds.
 */
public final class HypothesisOdds {
    private double weight;
    private final double[] others;
    private final List<ScoreContribution> parts = new ArrayList<>();
    private double logOdds;

    /**
     * @param weight of the explanation that would raise an alert
     * @param others weights of the competing explanations
     */
    public HypothesisOdds(double weight, double... others) {
        this.weight = weight;
        this.others = others.clone();
    }

    /** Multiplies the weight of the explanation that would raise an alert. */
    public HypothesisOdds times(double factor) {
        weight *= factor;
        return this;
    }

    /** Multiplies the weight of one competing explanation, given by its index. */
    public HypothesisOdds times(int other, double factor) {
        others[other] *= factor;
        return this;
    }

    /** Adds a part for the change of the log-odds since the last part. */
    public void part(String name, Message text) {
        double against = 0;
        for (double other : others) {
            against += other;
        }
        // The log-odds are finite only if both sides have weight.
        double now = Field.finite(name, Math.log(weight / against));
        parts.add(new ScoreContribution(name, now - logOdds, text));
        logOdds = now;
    }

    /** The probability that corresponds to the sum of the parts' log-odds. */
    public double posterior() {
        return 1 / (1 + Math.exp(-logOdds));
    }

    public List<ScoreContribution> parts() {
        return List.copyOf(parts);
    }
}
