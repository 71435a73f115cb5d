package io.atalaya.lab.evaluate.series;

/**
 * What a detector made of a series.
 *
 * @param scores one for each row; negative infinity where there is none
 * @param alarms one for each row
 * @param expected value of each row; null where the detector has no notion of it
 */
record Detection(double[] scores, boolean[] alarms, double[] expected) {}
