package io.atalaya.anomaly.trajectory;

import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.DoubleRange;
import org.junit.jupiter.api.Test;

import java.util.List;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

class TrackFeaturesTest {
    /** A vehicle that stops for a while in the middle of its trajectory. */
    private static final Trajectory STOPPING =
            new Trajectory(
                    new double[] {0, 1, 2, 3, 4, 5, 6, 7, 8},
                    new double[] {0, 2, 4, 4, 4, 4, 4, 6, 8},
                    new double[9]);

    private static Trajectory moved(Trajectory track, double scale, double x, double tempo) {
        int n = track.size();
        double[] t = new double[n];
        double[] xs = new double[n];
        double[] ys = new double[n];
        for (int i = 0; i < n; i++) {
            t[i] = 1e9 + tempo * track.t()[i];
            xs[i] = x + scale * track.x()[i];
            ys[i] = scale * track.y()[i];
        }
        return new Trajectory(t, xs, ys);
    }

    @Property(tries = 50)
    void featuresAreInvariantToUnitAndOrigin(
            @ForAll @DoubleRange(min = 0.01, max = 1000) double scale,
            @ForAll @DoubleRange(min = -1000, max = 1000) double x,
            @ForAll @DoubleRange(min = 0.01, max = 1000) double tempo) {
        Trajectory other = moved(STOPPING, scale, x, tempo);
        assertThat(TrackFeatures.of(other, SceneFrame.of(List.of(other))))
                .containsExactly(
                        TrackFeatures.of(STOPPING, SceneFrame.of(List.of(STOPPING))),
                        within(1e-3f));
    }

    @Test
    void stopChangesTimeFeaturesOnly() {
        float[] features = TrackFeatures.of(STOPPING, new SceneFrame(4, 0, 4, 1));
        int middle = TrackFeatures.POINTS; // x of point 8 of 16, counted from 0
        assertThat(features[middle - 4]).isCloseTo(0, within(1e-6f));
        assertThat(features[middle + 2]).isCloseTo(0, within(1e-6f));
        assertThat(features[2 * TrackFeatures.POINTS + 2]).isCloseTo(-1 + 2f / 15, within(1e-6f));
    }

    @Test
    void jitterDoesNotLengthenATrajectory() {
        double[] t = new double[200];
        double[] x = new double[200];
        double[] y = new double[200];
        for (int i = 0; i < 200; i++) {
            t[i] = i;
            x[i] = i < 100 ? 0.001 * (i % 2) : (i - 99) / 100.0;
            y[i] = i < 100 ? 0.001 * (i % 3) : 0;
        }
        float[] features = TrackFeatures.of(new Trajectory(t, x, y), new SceneFrame(0, 0, 1, 1));
        // The spacing along the path is even, although half of the points are stationary.
        for (int i = 0; i < TrackFeatures.POINTS; i++) {
            assertThat(features[2 * TrackFeatures.POINTS + 2 * i])
                    .isCloseTo(i / 15f * 1.01f, within(0.01f));
        }
    }

    @Test
    void singlePointIsAStationaryTrack() {
        float[] features =
                TrackFeatures.of(
                        new Trajectory(new double[] {5}, new double[] {0.75}, new double[] {0.5}),
                        SceneFrame.WHOLE_FRAME);
        for (int i = 0; i < TrackFeatures.WIDTH; i += 2) {
            assertThat(features[i]).isEqualTo(0.5f);
            assertThat(features[i + 1]).isZero();
        }
    }

    @Test
    void rejectsInvalidTracks() {
        double[] none = {};
        double[] two = {1, 2};
        assertThatThrownBy(() -> new Trajectory(none, none, none)).hasMessageContaining("points");
        assertThatThrownBy(() -> new Trajectory(two, two, none))
                .hasMessageContaining("got 2 and 0 values, expected 2");
        assertThatThrownBy(() -> new Trajectory(new double[] {2, 1}, two, two))
                .hasMessageContaining("point 1: got t 1.0 after 2.0");
        assertThatThrownBy(() -> new Trajectory(two, new double[] {1, Double.NaN}, two))
                .hasMessageContaining("point 1")
                .hasMessageContaining("expected numbers within ±1.0E100");
    }

    @Test
    void sceneOfOneRoadKeepsItsAspectRatio() {
        SceneFrame frame = SceneFrame.of(List.of(STOPPING));
        assertThat(frame.halfHeight()).isEqualTo(frame.halfWidth() / 4);
    }
}
