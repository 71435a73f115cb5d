package io.atalaya.hotlistmatch.score;

import io.atalaya.contracts.alert.HotlistEvidence.Part;
import io.atalaya.contracts.json.Field;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;

/**
 * Receives the parts of a score during evaluation. The texts of a part are created on demand,
 * because they cost more than the arithmetic and most scores are only compared with a threshold.
 */
sealed interface Weighing {
    void add(String name, double logOdds, Supplier<String> es, Supplier<String> en);

    default void add(Part part) {
        add(part.name(), part.logOdds(), part::es, part::en);
    }

    /** Keeps the parts with their texts. */
    final class InWords implements Weighing {
        private final List<Part> parts = new ArrayList<>(8);

        @Override
        public void add(String name, double logOdds, Supplier<String> es, Supplier<String> en) {
            parts.add(new Part(name, logOdds, es.get(), en.get()));
        }

        List<Part> parts() {
            return parts;
        }
    }

    /** Keeps only the sum, added in the same order. */
    final class AsSum implements Weighing {
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
