/**
 * Measures the detection of unusual activity in labelled series, by the rules of the Numenta
 * Anomaly Benchmark.
 */
package io.atalaya.lab.evaluate.series;
