package io.atalaya.anomaly.trajectory;

import io.atalaya.contracts.json.Field;

import java.util.OptionalDouble;

/**
 * What one camera has learned of its tracks, in bounded size. Each track is first scored against
 * those before it, and then learned. Not thread-safe.
 */
public final class TrajectoryModel {
    /** Number of tracks before the first score. */
    public static final int WARM_UP = 30;

    /** Maximum number in an embedding, so that squares stay finite. */
    public static final double MAX_EMBEDDING = 1e6;

    /**
     * A track's weight falls to 1/e after this many others: new trajectories become typical, those
     * of a closed road unusual.
     */
    private static final double HORIZON = 5_000;

    private static final int PROTOTYPES = 128;
    private static final double FADING = Math.exp(-1 / HORIZON);

    private final TrajectoryDensity density;
    private final TrajectoryCovariance spread;
    private final ScoreNormalizer densityLevel = new ScoreNormalizer();
    private final ScoreNormalizer spreadLevel = new ScoreNormalizer();
    private final ScoreNormalizer weavingLevel = new ScoreNormalizer();
    private long trackCount;

    /**
     * @param dimensions of the embedding
     */
    public TrajectoryModel(int dimensions) {
        this.density = new TrajectoryDensity(dimensions, PROTOTYPES);
        this.spread = new TrajectoryCovariance(dimensions);
    }

    /** State of the model. Its arrays must not be changed. */
    public record State(
            long trackCount,
            TrajectoryDensity.State density,
            TrajectoryCovariance.State spread,
            ScoreNormalizer.State densityLevel,
            ScoreNormalizer.State spreadLevel,
            ScoreNormalizer.State weavingLevel) {}

    /** The learned state. */
    public State state() {
        return new State(
                trackCount,
                density.state(),
                spread.state(),
                densityLevel.state(),
                spreadLevel.state(),
                weavingLevel.state());
    }

    /** Restores a state. */
    public void restore(State state) {
        trackCount = state.trackCount();
        density.restore(state.density());
        spread.restore(state.spread());
        densityLevel.restore(state.densityLevel());
        spreadLevel.restore(state.spreadLevel());
        weavingLevel.restore(state.weavingLevel());
    }

    /** Number of learned tracks. */
    public long trackCount() {
        return trackCount;
    }

    /**
     * Scores a completed track, and learns from it.
     *
     * @param embedding by {@link TrackEmbedding}, each number within ±{@link #MAX_EMBEDDING}
     * @param weaving by {@link Weaving}
     * @return score in deviations of the camera's own recent scores; empty for the first {@value
     *     #WARM_UP}
     * @throws IllegalArgumentException if a number is out of range
     */
    public OptionalDouble observe(float[] embedding, double weaving) {
        for (float each : embedding) {
            Field.number("embedding", each, -MAX_EMBEDDING, MAX_EMBEDDING);
        }
        Field.finite("weaving", weaving);
        OptionalDouble score = OptionalDouble.empty();
        if (trackCount > 0) {
            double near = density.score(embedding);
            double within = spread.score(embedding);
            if (trackCount >= WARM_UP) {
                score =
                        OptionalDouble.of(
                                densityLevel.standardise(near)
                                        + TrajectoryCovariance.share(
                                                spreadLevel.standardise(within))
                                        + Weaving.share(weavingLevel.standardise(weaving)));
            }
            densityLevel.add(near);
            spreadLevel.add(within);
            weavingLevel.add(weaving);
        }
        density.fade(FADING);
        density.learn(embedding);
        spread.fade(FADING);
        spread.learn(embedding);
        trackCount++;
        return score;
    }
}
