package io.atalaya.anomaly.trajectory;

import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.junit.jupiter.api.Test;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.OptionalDouble;
import java.util.Random;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

/** Tracks of one point, one position or one time, or far away, give finite numbers. */
class DegenerateTracksTest {
    private static final int DIMENSIONS = 6;

    @Provide
    Arbitrary<List<Trajectory>> tracks() {
        Arbitrary<double[]> point =
                Combinators.combine(
                                Arbitraries.of(0.0, 0.0, 1e-9, 1.0, 1e9),
                                Arbitraries.of(0.5, 0.5, 0.0, -0.5, 1.5, 1e100, -1e100),
                                Arbitraries.of(0.5, 0.5, 0.0, -0.5, 1.5, 1e100, -1e100))
                        .as((wait, x, y) -> new double[] {wait, x, y});
        return point.list()
                .ofMinSize(1)
                .ofMaxSize(6)
                .map(DegenerateTracksTest::track)
                .list()
                .ofMinSize(1)
                .ofMaxSize(6);
    }

    private static Trajectory track(List<double[]> points) {
        double[] t = new double[points.size()];
        double[] x = new double[points.size()];
        double[] y = new double[points.size()];
        for (int i = 0; i < t.length; i++) {
            t[i] = points.get(i)[0] + (i == 0 ? 0 : t[i - 1]);
            x[i] = points.get(i)[1];
            y[i] = points.get(i)[2];
        }
        return new Trajectory(t, x, y);
    }

    @Property(tries = 500)
    void featuresAreFinite(@ForAll("tracks") List<Trajectory> tracks) {
        for (SceneFrame frame : List.of(SceneFrame.WHOLE_FRAME, SceneFrame.of(tracks))) {
            List<float[]> features = new ArrayList<>();
            for (Trajectory track : tracks) {
                float[] of = TrackFeatures.of(track, frame);
                for (float each : of) {
                    assertThat(Math.abs(each)).isLessThanOrEqualTo(1_000);
                }
                features.add(of);
            }
            for (double score : new BatchScene(features, features).scores()) {
                assertThat(score).isFinite();
            }
        }
    }

    @Provide
    Arbitrary<List<float[]>> embeddings() {
        return Arbitraries.of(0f, 0f, 1f, -1f, 1e-30f, 1e6f, -1e6f)
                .array(Float[].class)
                .ofSize(DIMENSIONS)
                .map(DegenerateTracksTest::floats)
                .list()
                .ofMinSize(1)
                .ofMaxSize(5);
    }

    private static float[] floats(Float[] values) {
        float[] floats = new float[values.length];
        for (int i = 0; i < floats.length; i++) {
            floats[i] = values[i];
        }
        return floats;
    }

    /** A scene with one or few distinct trajectories. */
    @Property(tries = 50)
    void sceneScoresAreFinite(@ForAll("embeddings") List<float[]> places, @ForAll Random random) {
        TrajectoryModel model = new TrajectoryModel(DIMENSIONS);
        for (int i = 0; i < 300; i++) {
            float[] place = places.get(random.nextInt(places.size()));
            float[] features = new float[TrackFeatures.WIDTH];
            Arrays.fill(features, i % 3 == 0 ? 1_000 : 0);
            OptionalDouble score = model.observe(features, place);
            assertThat(score.isPresent()).isEqualTo(i >= TrajectoryModel.WARM_UP);
            assertThat(score.orElse(0)).isFinite();
            if (i % 100 == 0) {
                TrajectoryModel other = new TrajectoryModel(DIMENSIONS);
                other.restore(
                        TrajectoryModelBytes.read(
                                TrajectoryModelBytes.write(model.state(), DIMENSIONS), DIMENSIONS));
                model = other;
            }
        }
    }

    @Test
    void rejectsAnEmbeddingOutOfRange() {
        TrajectoryModel model = new TrajectoryModel(DIMENSIONS);
        for (float wrong : new float[] {Float.NaN, Float.POSITIVE_INFINITY, 1.1e6f}) {
            float[] place = new float[DIMENSIONS];
            Arrays.fill(place, wrong);
            assertThatThrownBy(() -> model.observe(new float[TrackFeatures.WIDTH], place))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessageContaining("embedding: got ");
        }
    }
}
