package io.atalaya.simulator.series;

import java.util.Random;

/**
 * Activity over the hours of a day: some rounded peaks over a base, 0..1, continuous at midnight.
 */
final class DayShape {
    private static final double DAY = 24;

    private final double[] hour;
    private final double[] width;
    private final double[] height;
    private final double base;

    private DayShape(double[] hour, double[] width, double[] height, double base) {
        this.hour = hour;
        this.width = width;
        this.height = height;
        this.base = base;
    }

    /** Two commuting peaks and the day between them. */
    static DayShape workday(Random random) {
        return new DayShape(
                new double[] {
                    7 + 2 * random.nextDouble(),
                    12 + 3 * random.nextDouble(),
                    16 + 3 * random.nextDouble()
                },
                new double[] {
                    0.7 + random.nextDouble(),
                    3 + 2 * random.nextDouble(),
                    1 + 1.5 * random.nextDouble()
                },
                new double[] {
                    0.3 + 0.6 * random.nextDouble(),
                    0.2 + 0.4 * random.nextDouble(),
                    0.3 + 0.6 * random.nextDouble()
                },
                0.15 * random.nextDouble());
    }

    /** One broad peak later in the day, and activity in the night before. */
    static DayShape restDay(Random random) {
        return new DayShape(
                new double[] {13 + 5 * random.nextDouble(), 24 + 3 * random.nextDouble()},
                new double[] {3 + 2 * random.nextDouble(), 1 + 2 * random.nextDouble()},
                new double[] {0.3 + 0.5 * random.nextDouble(), 0.5 * random.nextDouble()},
                0.15 * random.nextDouble());
    }

    /**
     * The activity.
     *
     * @param at hour of the day; values outside 0..24 wrap to another day
     */
    double at(double at) {
        double sum = base;
        for (int i = 0; i < hour.length; i++) {
            double apart = Math.abs(at - hour[i]) % DAY;
            double near = Math.min(apart, DAY - apart) / width[i];
            sum += height[i] * Math.exp(-0.5 * near * near);
        }
        return sum;
    }
}
