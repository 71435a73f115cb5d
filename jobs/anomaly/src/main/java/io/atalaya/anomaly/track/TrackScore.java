package io.atalaya.anomaly.track;

/** How the two views of a track become one score. */
final class TrackScore {
    /** In deviations: the scene's spread speaks only where it is surer than the neighbours. */
    private static final double HANDICAP = 1;

    private TrackScore() {}

    /**
     * @param neighbours of {@link SceneDensity}, standardised by the scene's own scores
     * @param spread of {@link SceneSpread}, standardised likewise
     */
    static double of(double neighbours, double spread) {
        return Math.max(neighbours, spread - HANDICAP);
    }
}
