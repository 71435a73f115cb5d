package io.atalaya.simulator.series;

import java.util.List;

/**
 * Effect of the current episodes on a sensor.
 *
 * @param lift more (above 0) or less, in units that each kind of sensor scales itself
 * @param spread factor of the noise
 * @param isStuck whether the value repeats
 * @param isOtherDay whether a working day has the profile of a day of rest, or the reverse
 */
record Disturbance(double lift, double spread, boolean isStuck, boolean isOtherDay) {
    /** Rows over which a surge or a drop starts. */
    private static final double EDGE = 2;

    /** A holiday has the profile of a day of rest, and many are even quieter. */
    private static final double MAX_LESS_ON_A_HOLIDAY = 1.6;

    /**
     * The disturbance at a row.
     *
     * @param larger enlarges labelled episodes, because where bursts are typical only larger ones
     *     count as anomalies
     */
    static Disturbance at(int row, List<SeriesEpisode> episodes, SeriesKind kind, double larger) {
        double lift = 0;
        double spread = 1;
        boolean stuck = false;
        boolean otherDay = false;
        for (SeriesEpisode episode : episodes) {
            if (!episode.covers(row)) {
                continue;
            }
            double size = episode.size() + (episode.size() > 0 ? larger : 0);
            double edge = Math.min(1, (row - episode.first() + 1) / EDGE);
            switch (episode.kind()) {
                case SURGE -> lift += edge * (1.9 + 2.5 * size);
                case DROP -> lift -= edge * (1.9 + 2.5 * size);
                case SPIKE -> lift += spikeSign(episode, kind) * (2.8 + 3 * size);
                case SWELL -> lift += kind.swells() * through(row, episode) * (1.4 + 2 * size);
                case SHIFT -> lift += (episode.first() % 2 == 0 ? 1 : -1) * (1.4 + 1.6 * size);
                case SCATTER -> spread = 4 + 4 * size;
                case STUCK -> stuck = true;
                case OTHER_DAY -> {
                    otherDay = true;
                    lift -= MAX_LESS_ON_A_HOLIDAY * Math.max(0, size);
                }
            }
        }
        return new Disturbance(lift, spread, stuck, otherDay);
    }

    /** 0 at the start and the end, 1 halfway. */
    private static double through(int row, SeriesEpisode episode) {
        double half = Math.sin(Math.PI * (row - episode.first() + 0.5) / episode.rows());
        return half * half;
    }

    /** Always upwards for a travel time, which has a lower limit. */
    private static int spikeSign(SeriesEpisode episode, SeriesKind kind) {
        return episode.rows() % 2 == 1 || kind == SeriesKind.TRAVEL_TIME ? 1 : -1;
    }
}
