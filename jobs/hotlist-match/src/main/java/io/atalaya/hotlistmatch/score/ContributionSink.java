package io.atalaya.hotlistmatch.score;

import io.atalaya.contracts.alert.ScoreContribution;
import io.atalaya.contracts.json.Field;
import io.atalaya.contracts.text.Message;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;

/**
 * Receives the contributions to a score. Their messages are created on demand, because most scores
 * are only compared with a threshold.
 */
sealed interface ContributionSink {
    void add(String name, double logOdds, Supplier<Message> text);

    void add(ScoreContribution contribution);

    /** Keeps the contributions. */
    final class ToList implements ContributionSink {
        private final List<ScoreContribution> parts = new ArrayList<>(8);

        @Override
        public void add(String name, double logOdds, Supplier<Message> text) {
            add(new ScoreContribution(name, logOdds, text.get()));
        }

        @Override
        public void add(ScoreContribution contribution) {
            parts.add(contribution);
        }

        List<ScoreContribution> parts() {
            return parts;
        }
    }

    /** Keeps only the sum, added in the same order. */
    final class ToSum implements ContributionSink {
        private double sum;

        @Override
        public void add(String name, double logOdds, Supplier<Message> text) {
            sum += logOdds;
        }

        @Override
        public void add(ScoreContribution contribution) {
            sum += contribution.logOdds();
        }

        double logOdds() {
            return Field.finite("logOdds", sum);
        }
    }
}
