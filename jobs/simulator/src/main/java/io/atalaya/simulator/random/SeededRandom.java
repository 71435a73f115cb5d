package io.atalaya.simulator.random;

import java.util.List;
import java.util.SplittableRandom;
import java.util.function.ToDoubleFunction;

/**
 * Seeded randomness. It uses the transcendental functions of {@link StrictMath}, because the same
 * seed must give the same bytes on every machine.
 */
public final class SeededRandom {
    private final SplittableRandom random;

    public SeededRandom(long seed) {
        this.random = new SplittableRandom(seed);
    }

    private SeededRandom(SplittableRandom random) {
        this.random = random;
    }

    /** An independent source, so that the parts of the city do not affect each other. */
    public SeededRandom split() {
        return new SeededRandom(random.split());
    }

    public boolean happens(double probability) {
        return random.nextDouble() < probability;
    }

    /** Uniform in {@code [from, to)}. */
    public double between(double from, double to) {
        return from + (to - from) * random.nextDouble();
    }

    /** Uniform in {@code [0, bound)}. */
    public int below(int bound) {
        return random.nextInt(bound);
    }

    public double exponential(double mean) {
        return -mean * StrictMath.log(1 - random.nextDouble());
    }

    public double gaussian() {
        double radius = StrictMath.sqrt(-2 * StrictMath.log(1 - random.nextDouble()));
        return radius * StrictMath.cos(2 * StrictMath.PI * random.nextDouble());
    }

    public <T> T oneOf(List<T> items) {
        return items.get(random.nextInt(items.size()));
    }

    /** One of the items, with probability in proportion to its weight. */
    public <T> T weighted(List<T> items, ToDoubleFunction<T> weight) {
        double total = 0;
        for (T item : items) {
            total += weight.applyAsDouble(item);
        }
        double left = random.nextDouble() * total;
        for (T item : items) {
            left -= weight.applyAsDouble(item);
            if (left < 0) {
                return item;
            }
        }
        return items.get(items.size() - 1);
    }

    /** A well-distributed value that depends only on the two numbers. */
    public static long hash(long seed, long index) {
        long z = seed * 0x9E3779B97F4A7C15L + index * 0xD1B54A32D192ED03L + 0x632BE59BD9B4E019L;
        z = (z ^ (z >>> 30)) * 0xBF58476D1CE4E5B9L;
        z = (z ^ (z >>> 27)) * 0x94D049BB133111EBL;
        return z ^ (z >>> 31);
    }
}
