package io.atalaya.lab.evaluate.series;

import com.amazon.randomcutforest.RandomCutForest;

/**
 * The published baseline: a robust random cut forest (Guha and others 2016, ICML) over shingles of
 * 48 rows, from its authors' library; an alarm where its score is far above the score's own slow
 * average. No setting was tuned on a series.
 */
final class ForestDetector implements Detector {
    /** Consecutive rows per input of the forest. */
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
