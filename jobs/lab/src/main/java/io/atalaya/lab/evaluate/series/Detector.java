package io.atalaya.lab.evaluate.series;

/** Detects anomalies in a series row by row, using earlier rows only. */
interface Detector {
    String name();

    Detection detect(SeriesFile series);
}
