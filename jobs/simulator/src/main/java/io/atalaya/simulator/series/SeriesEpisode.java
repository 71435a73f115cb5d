package io.atalaya.simulator.series;

/**
 * An unusual event that lasts for some rows.
 *
 * @param first first row
 * @param rows duration in rows
 * @param size 0..1 of the maximum of its kind; below 0 for one too small to be labelled
 */
record SeriesEpisode(Kind kind, int first, int rows, double size) {
    enum Kind {
        /** Far more for a while. */
        SURGE,
        /** Far less for a while. */
        DROP,
        /** More or less, with a slow start and end. */
        SWELL,
        /** A permanent change of level. */
        SHIFT,
        /** A repeated value. */
        STUCK,
        /** An unusually large spread. */
        SCATTER,
        /** One or a few values far off. */
        SPIKE,
        /** A working day with the profile of a day of rest, or the reverse. */
        OTHER_DAY
    }

    boolean covers(int row) {
        return row >= first && row < first + rows;
    }
}
