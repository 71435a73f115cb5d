package io.atalaya.lab.evaluate.series;

/**
 * A detector's result on a series.
 *
 * @param scores one per row; negative infinity if there is none
 * @param alarms one per row
 * @param expected expected value per row; null if the detector has none
 */
record Detection(double[] scores, boolean[] alarms, double[] expected) {}
