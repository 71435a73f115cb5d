package io.atalaya.hotlistmatch.score;

import io.atalaya.contracts.alert.ScoreContribution;
import io.atalaya.contracts.json.Field;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;

/**
 * Receives the parts of a score during evaluation. The texts of a part are created on demand,
 * because they cost more than the arithmetic and most scores are only compared with a threshold.
 */
sealed interface ContributionSink {
    void add(String name, double logOdds, Supplier<String> es, Supplier<String> en);

    default void add(ScoreContribution part) {
        add(part.name(), part.logOdds(), part::es, part::en);
    }

    /** Keeps the parts with their texts. */
    final class ToList implements ContributionSink {
        private final List<ScoreContribution> parts = new ArrayList<>(8);

        @Override
        public void add(String name, double logOdds, Supplier<String> es, Supplier<String> en) {
            parts.add(new ScoreContribution(name, logOdds, es.get(), en.get()));
        }

        List<ScoreContribution> parts() {
            return parts;
        }
    }

    /** Keeps only the sum, added in the same order. */
    final class ToSum implements ContributionSink {
        private double sum;

        @Override
        public void add(String name, double logOdds, Supplier<String> es, Supplier<String> en) {
            sum += logOdds;
        }

        double logOdds() {
            return Field.finite("logOdds", sum);
        }
    }
}
