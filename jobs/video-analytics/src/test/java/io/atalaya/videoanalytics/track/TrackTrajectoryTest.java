package io.atalaya.videoanalytics.track;

import io.atalaya.anomaly.trajectory.Trajectory;

import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.util.Random;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

class TrackTrajectoryTest {
    private static final int FRAME = 200;

    /** Positions of an object that winds through the image, with halts. */
    private record Walk(long seed, double speed, int frames) {
        double[][] places() {
            Random random = new Random(seed);
            double[][] places = new double[frames][2];
            double x = 0.5;
            double y = 0.5;
            double heading = random.nextDouble() * 6;
            int halt = 0;
            for (int i = 0; i < frames; i++) {
                places[i][0] = x;
                places[i][1] = y;
                halt = halt > 0 ? halt - 1 : random.nextInt(40) == 0 ? 30 : 0;
                if (halt == 0) {
                    heading += 0.2 * random.nextGaussian();
                    x = Math.max(0, Math.min(1, x + speed * Math.cos(heading)));
                    y = Math.max(0, Math.min(1, y + speed * Math.sin(heading)));
                }
            }
            return places;
        }
    }

    @Test
    void aTrajectoryAfterABreakIsIncomplete() {
        TrackTrajectory path = new TrackTrajectory();
        path.update(0, 0.1f, 0.1f);
        path.update(FRAME, 0.2f, 0.1f);
        assertThat(path.isWhole()).isTrue();

        path.breakOff();
        path.update(2 * FRAME, 0.8f, 0.9f);
        path.update(3 * FRAME, 0.8f, 0.8f);

        assertThat(path.isWhole()).isFalse();
        assertThat(path.reach()).isCloseTo(0.1, within(0.001));
    }

    @Property(tries = 200)
    void fewPointsKeepWhereAnObjectWasAndWhen(
            @ForAll long seed,
            @ForAll @IntRange(min = 1, max = 40) int speed,
            @ForAll @IntRange(min = 1, max = 400) int frames) {
        double[][] places = new Walk(seed, 0.0005 * speed, frames).places();
        TrackTrajectory path = new TrackTrajectory();
        for (int i = 0; i < frames; i++) {
            path.update(i * FRAME, (float) places[i][0], (float) places[i][1]);
        }
        int last = frames - 1;

        Trajectory trajectory =
                path.until(last * FRAME, (float) places[last][0], (float) places[last][1]);

        assertThat(path.isWhole()).isTrue();
        assertThat(trajectory.size()).isLessThanOrEqualTo(TrackTrajectory.POINTS + 1);
        assertThat(trajectory.t()[0]).isZero();
        assertThat(trajectory.t()[trajectory.size() - 1]).isEqualTo(last * FRAME / 1000.0);
        double sum = 0;
        double length = 0;
        for (int i = 0; i < frames; i++) {
            sum += missedBy(trajectory, i * FRAME / 1000.0, places[i]);
            length +=
                    i == 0
                            ? 0
                            : Math.hypot(
                                    places[i][0] - places[i - 1][0],
                                    places[i][1] - places[i - 1][1]);
        }
        // One step, which is always allowed, and a share of the distance between two points.
        assertThat(sum / frames).isLessThan(0.012 + 0.25 * length / TrackTrajectory.POINTS);
    }

    private static double missedBy(Trajectory trajectory, double t, double[] place) {
        int right = 0;
        while (trajectory.t()[right] < t) {
            right++;
        }
        int left = Math.max(0, right - 1);
        double gap = trajectory.t()[right] - trajectory.t()[left];
        double share = gap > 0 ? (t - trajectory.t()[left]) / gap : 0;
        return Math.hypot(
                trajectory.x()[left]
                        + share * (trajectory.x()[right] - trajectory.x()[left])
                        - place[0],
                trajectory.y()[left]
                        + share * (trajectory.y()[right] - trajectory.y()[left])
                        - place[1]);
    }

    @Property(tries = 50)
    void goesOnFromItsBytesAsIfItHadNotStopped(
            @ForAll long seed, @ForAll @IntRange(min = 2, max = 300) int frames)
            throws IOException {
        double[][] places = new Walk(seed, 0.012, frames).places();
        TrackTrajectory kept = new TrackTrajectory();
        TrackTrajectory restored = new TrackTrajectory();
        for (int i = 0; i < frames; i++) {
            kept.update(i * FRAME, (float) places[i][0], (float) places[i][1]);
            restored.update(i * FRAME, (float) places[i][0], (float) places[i][1]);
            if (i % 7 == 0) {
                restored = copy(restored);
            }
        }
        int last = frames - 1;
        float x = (float) places[last][0];
        float y = (float) places[last][1];
        assertThat(restored.until(last * FRAME, x, y))
                .usingRecursiveComparison()
                .isEqualTo(kept.until(last * FRAME, x, y));
    }

    private static TrackTrajectory copy(TrackTrajectory path) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        path.write(new DataOutputStream(bytes));
        TrackTrajectory copy = new TrackTrajectory();
        copy.read(new DataInputStream(new ByteArrayInputStream(bytes.toByteArray())));
        return copy;
    }

    @Test
    void jitterLeavesOnePoint() {
        TrackTrajectory path = new TrackTrajectory();
        Random random = new Random(1);
        for (int i = 0; i < 5_000; i++) {
            path.update(
                    i * FRAME,
                    0.3f + 0.004f * random.nextFloat(),
                    0.7f + 0.004f * random.nextFloat());
        }
        assertThat(path.until(5_000 * FRAME, 0.3f, 0.7f).size()).isEqualTo(2);
        assertThat(path.reach()).isZero();
    }

    @Test
    void aTrajectoryThatBeganEarlierIsIncomplete() {
        TrackTrajectory path = new TrackTrajectory();
        assertThat(path.isWhole()).isFalse();
        path.update(400, 0.5f, 0.5f);
        path.update(800, 0.6f, 0.45f);
        assertThat(path.isWhole()).isFalse();
        assertThat(path.reach()).isCloseTo(0.1, within(1e-4));
    }
}
