package io.atalaya.simulator.series;

import java.util.List;
import java.util.Random;

/** One sensor: its typical day and week, its noise and its response to episodes. */
final class Sensor {
    private static final double HOUR = 3_600_000.0;
    private static final double DAY = 24 * HOUR;

    private final SeriesKind kind;
    private final Random random;
    private final DayShape work;
    private final DayShape rest;
    private final boolean isWeekly;
    private final double seasonal;
    private final double noise;
    private final double memoryHours;
    private final double wander;
    private final double days;
    private final double trend;
    private final double scale;
    private final double resolution;
    private final double restlessWhenFree;
    private final double heavyTail;
    private final double countScale;
    private final double burstsADay;
    private final double burstSize;
    private final double burstHours;
    private final double typicalPeak;

    Sensor(SeriesKind kind, Random random) {
        this.kind = kind;
        this.random = random;
        this.work = DayShape.workday(random);
        this.rest = DayShape.restDay(random);
        this.isWeekly =
                switch (kind) {
                    case OCCUPANCY, SPEED, DEMAND, COUNTS -> true;
                    default -> random.nextBoolean();
                };
        this.seasonal =
                switch (kind) {
                    case OCCUPANCY, SPEED, DEMAND, COUNTS -> 1;
                    case TRAVEL_TIME -> 0.2 + 0.8 * random.nextDouble();
                    case TEMPERATURE, CLICKS -> 0.6 * random.nextDouble();
                    case LOAD -> random.nextInt(2) * random.nextDouble();
                };
        this.noise =
                switch (kind) {
                    case DEMAND -> 0.02 + 0.04 * random.nextDouble();
                    case TEMPERATURE -> 0.02 + 0.05 * random.nextDouble();
                    case SPEED -> 0.02 + 0.04 * random.nextDouble();
                    case TRAVEL_TIME -> 0.15 + 0.3 * random.nextDouble();
                    case CLICKS -> 0.1 + 0.3 * random.nextDouble();
                    case OCCUPANCY -> 0.1 + 0.2 * random.nextDouble();
                    case LOAD -> 0.03 + 0.15 * random.nextDouble();
                    case COUNTS -> 0.05;
                };
        this.memoryHours = 0.2 + 5 * random.nextDouble();
        this.wander = noise * (0.3 + random.nextDouble());
        this.days = (kind == SeriesKind.TEMPERATURE ? 0.1 : 0.05) * (0.3 + random.nextDouble());
        this.trend = 0.3 * (random.nextDouble() - 0.5);
        this.scale = Math.exp(random.nextDouble() * 5);
        boolean bursty =
                kind != SeriesKind.DEMAND
                        && (kind == SeriesKind.TRAVEL_TIME
                                || kind == SeriesKind.OCCUPANCY
                                || random.nextBoolean());
        this.burstsADay = bursty ? 8 * random.nextDouble() * random.nextDouble() : 0;
        this.burstSize = 0.15 + 0.45 * random.nextDouble();
        this.burstHours = 0.2 + 1.3 * random.nextDouble() * random.nextDouble();
        this.countScale = 3 * Math.exp(random.nextDouble() * 3);
        this.typicalPeak = Math.max(1e-6, peak());
        this.heavyTail = 4 + 10 * random.nextDouble();
        this.resolution = isCoarse() ? scale / (40 + 60 * random.nextDouble()) : 0.01;
        this.restlessWhenFree = random.nextDouble();
    }

    /** Speeds are reported in whole miles or kilometres per hour, loads in whole per cent. */
    private boolean isCoarse() {
        return switch (kind) {
            case SPEED -> random.nextInt(3) > 0;
            case LOAD, OCCUPANCY -> random.nextInt(3) == 0;
            default -> false;
        };
    }

    /** The reported values at these times. */
    double[] values(long[] times, List<SeriesEpisode> episodes) {
        double[] values = new double[times.length];
        double congestionDepth = 0.5 + 0.4 * random.nextDouble();
        Course course = new Course();
        double stuck = Double.NaN;
        for (int row = 0; row < times.length; row++) {
            course.advance(times[row], row == 0 ? 0.1 : (times[row] - times[row - 1]) / HOUR);
            Disturbance disturbed =
                    Disturbance.at(row, episodes, kind, 0.5 * Math.min(burstsADay, 1) * burstSize);
            double value =
                    reading(
                            season(times[row] - course.late, disturbed.isOtherDay()) / typicalPeak,
                            (double) row / times.length,
                            course,
                            disturbed,
                            congestionDepth);
            if (disturbed.isStuck()) {
                stuck = Double.isNaN(stuck) ? value : stuck;
                value = stuck;
            } else {
                stuck = Double.NaN;
            }
            values[row] =
                    kind == SeriesKind.COUNTS
                            ? value
                            : Math.rint(value * scale / resolution) * resolution;
        }
        return values;
    }

    /**
     * One value before scaling.
     *
     * @param season 0 at rest to about 1 at the typical peak
     * @param through position in the series, 0..1
     */
    private double reading(
            double season,
            double through,
            Course course,
            Disturbance disturbed,
            double congestionDepth) {
        double shake = noise * tail() * disturbed.spread();
        double quiet = wander * course.local * disturbed.spread();
        double lift = course.burst + disturbed.lift();
        double jam = course.jam;
        return switch (kind) {
            case DEMAND ->
                    (0.15 + season)
                            * (1 + trend * through + course.ofDay + quiet + 0.5 * shake)
                            * factor(lift, 0.25);
            case OCCUPANCY ->
                    Math.max(
                            0,
                            0.25 * season * jam * Math.exp(quiet + shake)
                                    + 0.01
                                    + (lift > 0 ? 0.15 : 0.06) * lift);
            case SPEED -> speed(season, jam, congestionDepth, quiet, shake, lift);
            case TRAVEL_TIME ->
                    (1 + seasonal * season * jam)
                            * Math.exp(quiet + shake)
                            * Math.max(0.2, 1 + 1.8 * lift);
            case TEMPERATURE ->
                    10
                            + trend * 2 * through
                            + 3 * days * course.level
                            + seasonal * season
                            + quiet
                            + shake
                            + 0.8 * lift;
            case LOAD ->
                    Math.max(
                            0,
                            0.4
                                    + 0.2 * seasonal * season
                                    + 0.3 * (quiet + shake + 6 * noise * lift));
            case CLICKS ->
                    (1 + 0.3 * seasonal * season)
                            * Math.exp(quiet + shake)
                            * Math.max(0.3, 1 + lift);
            case COUNTS ->
                    poisson(
                            Math.max(
                                    0.02,
                                    countScale
                                            * season
                                            * (1 + course.ofDay + quiet)
                                            * factor(lift, 0.4)));
        };
    }

    /** Variation besides season and episodes: better and worse hours and days, and bursts. */
    private final class Course {
        private double local;
        private double level;
        private double ofDay;
        private double jam;
        private long late;
        private double burst;
        private double burstSign = kind == SeriesKind.SPEED ? -1 : 1;
        private long day = -1;

        void advance(long time, double hours) {
            local = drifted(local, hours, memoryHours);
            level = drifted(level, hours, 72);
            if (time / (long) DAY != day) {
                day = time / (long) DAY;
                ofDay = days * random.nextGaussian();
                jam = random.nextInt(12) == 0 ? 0.6 : Math.max(0, 1 + 0.2 * random.nextGaussian());
                late = isRoad() ? (long) (0.2 * HOUR * random.nextGaussian()) : 0;
            }
            if (random.nextDouble() < hours / burstHours) {
                burst = 0;
            }
            if (random.nextDouble() < burstsADay * Math.min(hours, 1) / 24) {
                burst = burstSign * burstSize * Math.min(3, -Math.log(1 - random.nextDouble()));
                burstSign =
                        kind == SeriesKind.SPEED || random.nextInt(4) > 0 ? burstSign : -burstSign;
            }
        }

        /** A mean-reverting walk of variance 1. */
        private double drifted(double from, double hours, double memory) {
            double keep = Math.exp(-hours / memory);
            return keep * from + Math.sqrt(1 - keep * keep) * random.nextGaussian();
        }
    }

    private boolean isRoad() {
        return switch (kind) {
            case SPEED, OCCUPANCY, TRAVEL_TIME -> true;
            default -> false;
        };
    }

    private double speed(
            double season, double jam, double depth, double quiet, double shake, double lift) {
        // Beyond the road's capacity the speed falls; how often that happens varies by day.
        double crowding = season * jam;
        double falls = depth / (1 + Math.exp(-12 * (crowding - 1.05)));
        // Few vehicles, and stop-and-go traffic, make the mean less stable.
        double restless = 1 + restlessWhenFree * Math.max(0, 0.5 - season) + 2 * falls;
        return Math.max(0.03, 1 - 0.08 * season - falls + quiet + shake * restless + 0.19 * lift);
    }

    private static double factor(double lift, double step) {
        return Math.max(0.03, 1 + step * lift);
    }

    private double season(long time, boolean swapped) {
        double hour = (time % (long) DAY) / HOUR;
        long weekday = (time / (long) DAY + 3) % 7;
        boolean free = isWeekly && weekday >= 5;
        return (free == swapped || !isWeekly && !swapped ? work : rest).at(hour);
    }

    private double peak() {
        double peak = 0;
        for (int hour = 0; hour < 24; hour++) {
            peak = Math.max(peak, work.at(hour));
        }
        return peak;
    }

    /** Student's t as a normal over the root of a mean of squares; its spread is about 1. */
    private double tail() {
        double squares = 0;
        int degrees = (int) heavyTail;
        for (int i = 0; i < degrees; i++) {
            double each = random.nextGaussian();
            squares += each * each;
        }
        return random.nextGaussian() / Math.sqrt(squares / degrees);
    }

    private double poisson(double mean) {
        if (mean > 60) {
            return Math.max(0, Math.rint(mean + Math.sqrt(mean) * random.nextGaussian()));
        }
        double limit = Math.exp(-mean);
        double product = random.nextDouble();
        int count = 0;
        while (product > limit) {
            product *= random.nextDouble();
            count++;
        }
        return count;
    }
}
