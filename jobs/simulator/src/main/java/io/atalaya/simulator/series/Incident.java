package io.atalaya.simulator.series;

/**
 * Something unusual that lasts for some rows.
 *
 * @param first row
 * @param rows how many it lasts
 * @param size 0..1 of what its kind can be; below 0 for what is too small to be labelled
 */
record Incident(Kind kind, int first, int rows, double size) {
    enum Kind {
        /** Far more for a while. */
        SURGE,
        /** Far less for a while. */
        DROP,
        /** More or less, coming and going slowly. */
        SWELL,
        /** Another level for good. */
        SHIFT,
        /** The same value again and again. */
        STUCK,
        /** The values scatter as they never did. */
        SCATTER,
        /** One or a few values far off. */
        SPIKE,
        /** A working day that runs as a day of rest, or the reverse. */
        OTHER_DAY
    }

    boolean covers(int row) {
        return row >= first && row < first + rows;
    }
}
