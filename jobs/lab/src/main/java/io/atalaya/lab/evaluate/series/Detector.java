package io.atalaya.lab.evaluate.series;

/** Finds what is unusual in a series, row by row, each by those before it. */
interface Detector {
    String name();

    Detection detect(SeriesFile series);
}
