package io.atalaya.simulator.series;

import io.atalaya.simulator.series.LabelledSeries.Window;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Random;

/**
 * Generates series of the kinds in public collections. The properties of a sensor (day, week,
 * noise, faults) and its episodes are drawn from the seed.
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
    private static final int MAX_ROWS = 10_500;
    private static final int MAX_EPISODES = 5;

    private SeriesGenerator() {}

    /** The same arguments give the same series. */
    public static LabelledSeries generate(SeriesKind kind, long seed) {
        Random random = new Random(seed * 1_000_003 + kind.ordinal());
        random.nextDouble();
        long[] times = times(kind, random);
        List<SeriesEpisode> episodes = episodes(kind, times, random);
        List<SeriesEpisode> unlabelled = unlabelled(times.length, random);
        List<SeriesEpisode> all = new ArrayList<>(episodes);
        all.addAll(unlabelled);
        double[] values = new Sensor(kind, random).values(times, all);
        return new LabelledSeries(
                kind.name().toLowerCase(Locale.ROOT) + "_" + seed,
                times,
                values,
                windows(times, episodes, random));
    }

    private static long[] times(SeriesKind kind, Random random) {
        int days = kind.minDays() + random.nextInt(kind.maxDays() - kind.minDays() + 1);
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
        while (at < end && times.size() < MAX_ROWS) {
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

    private static List<SeriesEpisode> episodes(SeriesKind kind, long[] times, Random random) {
        int rows = times.length;
        int count = 1 + random.nextInt(MAX_EPISODES);
        int first = (int) (PROBATION * rows) + (int) (SHARE_IN_WINDOWS * rows / count / 2) + 1;
        int last = rows - 1 - (int) (SHARE_IN_WINDOWS * rows / count / 2);
        double rowsADay = rows / ((times[rows - 1] - times[0]) / (double) DAY);
        List<SeriesEpisode> episodes = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            SeriesEpisode.Kind what = what(kind, random);
            int at = first + random.nextInt(last - first);
            for (int tries = 0;
                    tries < 20 && what == SeriesEpisode.Kind.DROP && isNight(times[at]);
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
            episodes.add(
                    new SeriesEpisode(what, at, Math.min(lasting, rows - at), random.nextDouble()));
        }
        episodes.sort(Comparator.comparingInt(SeriesEpisode::first));
        return episodes;
    }

    /** Drops are moved to the day, because at night the values are too low to show one. */
    private static boolean isNight(long time) {
        long hour = time % DAY / (60 * MINUTE);
        return hour < 7 || hour >= 19;
    }

    private static SeriesEpisode.Kind what(SeriesKind kind, Random random) {
        SeriesEpisode.Kind[] typical =
                switch (kind) {
                    case OCCUPANCY ->
                            new SeriesEpisode.Kind[] {
                                SeriesEpisode.Kind.SURGE,
                                SeriesEpisode.Kind.SPIKE,
                                SeriesEpisode.Kind.SURGE,
                                SeriesEpisode.Kind.SWELL,
                                SeriesEpisode.Kind.STUCK,
                                SeriesEpisode.Kind.DROP
                            };
                    case SPEED ->
                            new SeriesEpisode.Kind[] {
                                SeriesEpisode.Kind.DROP,
                                SeriesEpisode.Kind.DROP,
                                SeriesEpisode.Kind.DROP,
                                SeriesEpisode.Kind.SWELL,
                                SeriesEpisode.Kind.SPIKE,
                                SeriesEpisode.Kind.SHIFT,
                                SeriesEpisode.Kind.SCATTER,
                                SeriesEpisode.Kind.STUCK
                            };
                    case TRAVEL_TIME, CLICKS ->
                            new SeriesEpisode.Kind[] {
                                SeriesEpisode.Kind.SURGE,
                                SeriesEpisode.Kind.SPIKE,
                                SeriesEpisode.Kind.SPIKE,
                                SeriesEpisode.Kind.SCATTER
                            };
                    case DEMAND, COUNTS ->
                            new SeriesEpisode.Kind[] {
                                SeriesEpisode.Kind.OTHER_DAY,
                                SeriesEpisode.Kind.DROP,
                                SeriesEpisode.Kind.SURGE,
                                SeriesEpisode.Kind.DROP,
                                SeriesEpisode.Kind.OTHER_DAY
                            };
                    case TEMPERATURE ->
                            new SeriesEpisode.Kind[] {
                                SeriesEpisode.Kind.DROP,
                                SeriesEpisode.Kind.SHIFT,
                                SeriesEpisode.Kind.SPIKE,
                                SeriesEpisode.Kind.SURGE
                            };
                    case LOAD ->
                            new SeriesEpisode.Kind[] {
                                SeriesEpisode.Kind.SHIFT,
                                SeriesEpisode.Kind.SPIKE,
                                SeriesEpisode.Kind.SURGE,
                                SeriesEpisode.Kind.SCATTER,
                                SeriesEpisode.Kind.STUCK
                            };
                };
        return typical[random.nextInt(typical.length)];
    }

    /** Unlabelled episodes, because collections of real series have them too. */
    private static List<SeriesEpisode> unlabelled(int rows, Random random) {
        List<SeriesEpisode> some = new ArrayList<>();
        int count = random.nextInt(3);
        for (int i = 0; i < count; i++) {
            SeriesEpisode.Kind what =
                    random.nextInt(3) == 0
                            ? SeriesEpisode.Kind.SPIKE
                            : random.nextBoolean()
                                    ? SeriesEpisode.Kind.SURGE
                                    : SeriesEpisode.Kind.DROP;
            int at = random.nextInt(rows);
            int lasting = 1 + random.nextInt(what == SeriesEpisode.Kind.SPIKE ? 2 : 12);
            some.add(
                    new SeriesEpisode(
                            what,
                            at,
                            Math.min(lasting, rows - at),
                            -0.3 - 0.5 * random.nextDouble()));
        }
        return some;
    }

    private static List<Window> windows(long[] times, List<SeriesEpisode> episodes, Random random) {
        int half = (int) (SHARE_IN_WINDOWS * times.length / episodes.size() / 2);
        List<Window> windows = new ArrayList<>();
        int from = -1;
        int to = -1;
        for (SeriesEpisode episode : episodes) {
            // A person labels an anomaly where it becomes visible, some time after its start.
            int label = episode.first() + (int) (0.2 * half * random.nextDouble());
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
