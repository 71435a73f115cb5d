package io.atalaya.simulator.series;

import io.atalaya.simulator.series.LabelledSeries.Window;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Random;

/**
 * Generates series of the kinds in public collections. The properties of a sensor (day, week,
 * noise, faults) and its incidents are drawn from the seed.
 *
 * <p>The labels follow the Numenta Anomaly Benchmark (Lavin and Ahmad 2015): the windows of a
 * series together cover a tenth of its rows, each with its anomaly in the middle, and no window
 * starts in the probationary part, the first 15 %.
 */
public final class SeriesGenerator {
    private static final long MINUTE = 60_000;
    private static final long DAY = 24 * 60 * MINUTE;

    /** Thursday, 1 January 2026. */
    private static final long START = 1_767_225_600_000L;

    private static final double PROBATION = 0.15;
    private static final double SHARE_IN_WINDOWS = 0.1;
    private static final int MOST_ROWS = 10_500;
    private static final int MOST_INCIDENTS = 5;

    private SeriesGenerator() {}

    /** The same arguments give the same series. */
    public static LabelledSeries generate(SeriesKind kind, long seed) {
        Random random = new Random(seed * 1_000_003 + kind.ordinal());
        random.nextDouble();
        long[] times = times(kind, random);
        List<Incident> incidents = incidents(kind, times, random);
        List<Incident> unlabelled = unlabelled(times.length, random);
        List<Incident> all = new ArrayList<>(incidents);
        all.addAll(unlabelled);
        double[] values = new Sensor(kind, random).values(times, all);
        return new LabelledSeries(
                kind.name().toLowerCase(Locale.ROOT) + "_" + seed,
                times,
                values,
                windows(times, incidents, random));
    }

    private static long[] times(SeriesKind kind, Random random) {
        int days = kind.leastDays() + random.nextInt(kind.mostDays() - kind.leastDays() + 1);
        double minutes = kind.minutes();
        if (kind == SeriesKind.TEMPERATURE) {
            minutes = new int[] {5, 15, 60}[random.nextInt(3)];
        }
        boolean irregular = kind == SeriesKind.TRAVEL_TIME;
        double missing = random.nextInt(3) == 0 ? 0.05 * random.nextDouble() : 0;
        double gapsPerDay = random.nextInt(2) == 0 ? 0.3 * random.nextDouble() : 0;
        List<Long> times = new ArrayList<>();
        long at = START + random.nextInt(7) * DAY + random.nextInt(288) * 5 * MINUTE;
        long end = at + days * DAY;
        while (at < end && times.size() < MOST_ROWS) {
            if (random.nextDouble() >= missing) {
                times.add(at);
            }
            double wait = minutes;
            if (irregular) {
                wait =
                        Math.max(
                                1,
                                Math.round(
                                        minutes
                                                * (0.4
                                                        + 1.8
                                                                * random.nextDouble()
                                                                * random.nextDouble())));
            }
            if (random.nextDouble() < gapsPerDay * minutes / (24 * 60)) {
                wait += Math.round((30 + 600 * random.nextDouble()) / minutes) * minutes;
            }
            at += (long) wait * MINUTE;
        }
        return times.stream().mapToLong(Long::longValue).toArray();
    }

    private static List<Incident> incidents(SeriesKind kind, long[] times, Random random) {
        int rows = times.length;
        int count = 1 + random.nextInt(MOST_INCIDENTS);
        int first = (int) (PROBATION * rows) + (int) (SHARE_IN_WINDOWS * rows / count / 2) + 1;
        int last = rows - 1 - (int) (SHARE_IN_WINDOWS * rows / count / 2);
        double rowsADay = rows / ((times[rows - 1] - times[0]) / (double) DAY);
        List<Incident> incidents = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            Incident.Kind what = what(kind, random);
            int at = first + random.nextInt(last - first);
            for (int tries = 0;
                    tries < 20 && what == Incident.Kind.DROP && isNight(times[at]);
                    tries++) {
                at = first + random.nextInt(last - first);
            }
            double hours =
                    switch (what) {
                        case SURGE, DROP, SWELL, STUCK, SCATTER ->
                                Math.exp(random.nextDouble() * Math.log(30));
                        case OTHER_DAY -> 24;
                        case SPIKE -> 0;
                        case SHIFT -> 24 * 365;
                    };
            if (kind == SeriesKind.DEMAND || kind == SeriesKind.TEMPERATURE) {
                hours *= 2;
            }
            int lasting = (int) Math.max(1 + random.nextInt(3), hours * rowsADay / 24);
            incidents.add(
                    new Incident(what, at, Math.min(lasting, rows - at), random.nextDouble()));
        }
        incidents.sort(Comparator.comparingInt(Incident::first));
        return incidents;
    }

    /** Drops are moved to the day, because at night the values are too low to show one. */
    private static boolean isNight(long time) {
        long hour = time % DAY / (60 * MINUTE);
        return hour < 7 || hour >= 19;
    }

    private static Incident.Kind what(SeriesKind kind, Random random) {
        Incident.Kind[] usual =
                switch (kind) {
                    case OCCUPANCY ->
                            new Incident.Kind[] {
                                Incident.Kind.SURGE,
                                Incident.Kind.SPIKE,
                                Incident.Kind.SURGE,
                                Incident.Kind.SWELL,
                                Incident.Kind.STUCK,
                                Incident.Kind.DROP
                            };
                    case SPEED ->
                            new Incident.Kind[] {
                                Incident.Kind.DROP,
                                Incident.Kind.DROP,
                                Incident.Kind.DROP,
                                Incident.Kind.SWELL,
                                Incident.Kind.SPIKE,
                                Incident.Kind.SHIFT,
                                Incident.Kind.SCATTER,
                                Incident.Kind.STUCK
                            };
                    case TRAVEL_TIME, CLICKS ->
                            new Incident.Kind[] {
                                Incident.Kind.SURGE,
                                Incident.Kind.SPIKE,
                                Incident.Kind.SPIKE,
                                Incident.Kind.SCATTER
                            };
                    case DEMAND, COUNTS ->
                            new Incident.Kind[] {
                                Incident.Kind.OTHER_DAY,
                                Incident.Kind.DROP,
                                Incident.Kind.SURGE,
                                Incident.Kind.DROP,
                                Incident.Kind.OTHER_DAY
                            };
                    case TEMPERATURE ->
                            new Incident.Kind[] {
                                Incident.Kind.DROP,
                                Incident.Kind.SHIFT,
                                Incident.Kind.SPIKE,
                                Incident.Kind.SURGE
                            };
                    case LOAD ->
                            new Incident.Kind[] {
                                Incident.Kind.SHIFT,
                                Incident.Kind.SPIKE,
                                Incident.Kind.SURGE,
                                Incident.Kind.SCATTER,
                                Incident.Kind.STUCK
                            };
                };
        return usual[random.nextInt(usual.length)];
    }

    /** Unlabelled incidents, because collections of real series have them too. */
    private static List<Incident> unlabelled(int rows, Random random) {
        List<Incident> some = new ArrayList<>();
        int count = random.nextInt(3);
        for (int i = 0; i < count; i++) {
            Incident.Kind what =
                    random.nextInt(3) == 0
                            ? Incident.Kind.SPIKE
                            : random.nextBoolean() ? Incident.Kind.SURGE : Incident.Kind.DROP;
            int at = random.nextInt(rows);
            int lasting = 1 + random.nextInt(what == Incident.Kind.SPIKE ? 2 : 12);
            some.add(
                    new Incident(
                            what,
                            at,
                            Math.min(lasting, rows - at),
                            -0.3 - 0.5 * random.nextDouble()));
        }
        return some;
    }

    private static List<Window> windows(long[] times, List<Incident> incidents, Random random) {
        int half = (int) (SHARE_IN_WINDOWS * times.length / incidents.size() / 2);
        List<Window> windows = new ArrayList<>();
        int from = -1;
        int to = -1;
        for (Incident incident : incidents) {
            // A person labels an anomaly where it becomes visible, some time after its start.
            int label = incident.first() + (int) (0.2 * half * random.nextDouble());
            int left = label - half;
            if (from >= 0 && left <= to) {
                to = label + half;
                continue;
            }
            if (from >= 0) {
                windows.add(new Window(times[from], times[Math.min(to, times.length - 1)]));
            }
            from = left;
            to = label + half;
        }
        windows.add(new Window(times[from], times[Math.min(to, times.length - 1)]));
        return windows;
    }
}
