package io.atalaya.anomaly.trajectory;

import io.atalaya.contracts.json.Field;

import java.util.OptionalDouble;

/**
 * What one camera knows of the tracks before it: a camera's state, of bounded size. It judges each
 * track against the ones before it, then learns from it. Not for two threads.
 */
public final class TrajectoryModel {
    /** Tracks before it says anything. */
    public static final int WARM_UP = 30;

    /** No number of an embedding is larger: its squares must stay numbers. */
    public static final double MOST = 1e6;

    /** Tracks after which one counts 1/e: what is new becomes usual, a closed road unusual. */
    private static final double HORIZON = 5_000;

    private static final int PROTOTYPES = 128;
    private static final double FADING = Math.exp(-1 / HORIZON);

    private final TrajectoryDensity density;
    private final TrajectoryCovariance spread;
    private final ScoreNormalizer densityLevel = new ScoreNormalizer();
    private final ScoreNormalizer spreadLevel = new ScoreNormalizer();
    private final ScoreNormalizer weavingLevel = new ScoreNormalizer();
    private long seen;

    /**
     * @param dimensions of the embedding
     */
    public TrajectoryModel(int dimensions) {
        this.density = new TrajectoryDensity(dimensions, PROTOTYPES);
        this.spread = new TrajectoryCovariance(dimensions);
    }

    /** What has been learned, to be kept. Nobody changes the arrays in it. */
    public record State(
            long seen,
            TrajectoryDensity.State density,
            TrajectoryCovariance.State spread,
            ScoreNormalizer.State densityLevel,
            ScoreNormalizer.State spreadLevel,
            ScoreNormalizer.State weavingLevel) {}

    /** What has been learned, to be kept. */
    public State state() {
        return new State(
                seen,
                density.state(),
                spread.state(),
                densityLevel.state(),
                spreadLevel.state(),
                weavingLevel.state());
    }

    /** Goes on where another one was. */
    public void restore(State state) {
        seen = state.seen();
        density.restore(state.density());
        spread.restore(state.spread());
        densityLevel.restore(state.densityLevel());
        spreadLevel.restore(state.spreadLevel());
        weavingLevel.restore(state.weavingLevel());
    }

    /** How many tracks it has learned from. */
    public long seen() {
        return seen;
    }

    /**
     * Judges a track that has ended, and learns from it.
     *
     * @param embedding by {@link TrackEmbedding}, each number within ±{@link #MOST}
     * @param weaving by {@link Weaving}
     * @return how unusual it is, in deviations of the camera's own scores of late; empty for the
     *     first {@value #WARM_UP}
     * @throws IllegalArgumentException if a number is out of its range
     */
    public OptionalDouble observe(float[] embedding, double weaving) {
        for (float each : embedding) {
            Field.number("embedding", each, -MOST, MOST);
        }
        Field.finite("weaving", weaving);
        OptionalDouble score = OptionalDouble.empty();
        if (seen > 0) {
            double near = density.score(embedding);
            double within = spread.score(embedding);
            if (seen >= WARM_UP) {
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
        seen++;
        return score;
    }
}
