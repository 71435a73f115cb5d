package io.atalaya.lab.evaluate.tracks;

import io.atalaya.commandline.Chart;

import com.amazon.randomcutforest.RandomCutForest;

import java.awt.Color;
import java.util.List;

/** Plain baselines that score the tracks of a scene by the network's input features. */
enum Baseline {
    /** A robust random cut forest (Guha and others 2016, ICML), from its authors' library. */
    RANDOM_CUT_FOREST("random cut forest", Chart.GREEN) {
        private static final int TREES = 100;
        private static final int SAMPLE = 256;

        @Override
        double[] scores(List<float[]> features) {
            RandomCutForest.Builder<?> builder = RandomCutForest.builder();
            RandomCutForest forest =
                    builder.dimensions(features.get(0).length)
                            .numberOfTrees(TREES)
                            .sampleSize(SAMPLE)
                            .randomSeed(1)
                            .build();
            features.forEach(forest::update);
            return features.stream().mapToDouble(forest::getAnomalyScore).toArray();
        }
    },

    /** Root mean square over all features of the deviations from the scene's mean. */
    Z_SCORE("plain z-score", Chart.GRAY) {
        @Override
        double[] scores(List<float[]> features) {
            int width = features.get(0).length;
            double[] mean = new double[width];
            double[] square = new double[width];
            for (float[] each : features) {
                for (int i = 0; i < width; i++) {
                    mean[i] += each[i] / features.size();
                    square[i] += (double) each[i] * each[i] / features.size();
                }
            }
            return features.stream().mapToDouble(each -> off(each, mean, square)).toArray();
        }

        private double off(float[] track, double[] mean, double[] square) {
            double sum = 0;
            for (int i = 0; i < mean.length; i++) {
                double variance = Math.max(1e-9, square[i] - mean[i] * mean[i]);
                sum += (track[i] - mean[i]) * (track[i] - mean[i]) / variance;
            }
            return Math.sqrt(sum / mean.length);
        }
    };

    private final String title;
    private final Color color;

    Baseline(String title, Color color) {
        this.title = title;
        this.color = color;
    }

    /**
     * Scores the tracks of one scene, each against all of them.
     *
     * @param features of each track; at least one track
     * @return one score per track; a higher one is more unusual, on a scale of its own
     */
    abstract double[] scores(List<float[]> features);

    public String title() {
        return title;
    }

    Color color() {
        return color;
    }
}
