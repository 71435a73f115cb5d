package io.atalaya.lab.evaluate.series;

import com.amazon.randomcutforest.RandomCutForest;

/**
 * The published baseline: a robust random cut forest (Guha and others 2016, ICML) over the last day
 * or so of rows, by its authors' library; an alarm where its score is far above the score's own
 * slow average. Nothing in it was chosen on any series.
 */
final class ForestDetector implements Detector {
    /** Rows that are looked at together. */
    private static final int SHINGLE = 48;

    private static final int TREES = 50;
    private static final int SAMPLE = 256;

    @Override
    public String name() {
        return "random cut forest, 4 deviations";
    }

    @Override
    public Detection detect(SeriesFile series) {
        RandomCutForest.Builder<?> builder = RandomCutForest.builder();
        RandomCutForest forest =
                builder.dimensions(SHINGLE)
                        .shingleSize(SHINGLE)
                        .internalShinglingEnabled(true)
                        .numberOfTrees(TREES)
                        .sampleSize(SAMPLE)
                        .randomSeed(1)
                        .build();
        double[] raw = new double[series.size()];
        for (int row = 0; row < raw.length; row++) {
            float[] value = {(float) series.values()[row]};
            raw[row] = forest.getAnomalyScore(value);
            forest.update(value);
        }
        double[] scores = PlainRule.deviations(raw);
        return new Detection(scores, PlainRule.alarms(scores), null);
    }
}
