package io.atalaya.anomaly.trajectory;

import java.util.ArrayList;
import java.util.List;

/**
 * Reference implementation of the prototypes of {@link TrajectoryDensity} that tries every pair
 * each time.
 */
final class SlowSceneDensity {
    record Prototype(float[] mean, double weight, double spread) {}

    private final int capacity;
    final List<Prototype> prototypes = new ArrayList<>();

    SlowSceneDensity(int capacity) {
        this.capacity = capacity;
    }

    void learn(float[] embedding) {
        prototypes.add(new Prototype(embedding, 1, 0));
        if (prototypes.size() <= capacity) {
            return;
        }
        Prototype first = null;
        Prototype second = null;
        double least = Double.POSITIVE_INFINITY;
        for (Prototype a : prototypes) {
            for (Prototype b : prototypes) {
                double loss = a.weight() * b.weight() / (a.weight() + b.weight()) * square(a, b);
                if (a != b && loss < least) {
                    least = loss;
                    first = a;
                    second = b;
                }
            }
        }
        prototypes.remove(first);
        prototypes.remove(second);
        double weight = first.weight() + second.weight();
        double share = first.weight() / weight;
        float[] mean = new float[embedding.length];
        for (int i = 0; i < mean.length; i++) {
            mean[i] = (float) (share * first.mean()[i] + (1 - share) * second.mean()[i]);
        }
        prototypes.add(
                new Prototype(
                        mean,
                        weight,
                        share * first.spread()
                                + (1 - share) * second.spread()
                                + share * (1 - share) * square(first, second)));
    }

    private static double square(Prototype a, Prototype b) {
        double sum = 0;
        for (int i = 0; i < a.mean().length; i++) {
            sum += Math.pow((double) a.mean()[i] - b.mean()[i], 2);
        }
        return sum;
    }
}
