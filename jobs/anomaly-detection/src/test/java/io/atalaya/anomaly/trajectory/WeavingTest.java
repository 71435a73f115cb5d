package io.atalaya.anomaly.trajectory;

import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.DoubleRange;
import org.junit.jupiter.api.Test;

import java.util.Random;
import java.util.function.DoubleUnaryOperator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

class WeavingTest {
    private static final int POINTS = 60;

    /** Weaving of a trajectory that is given by its position at each share of its duration. */
    private static double weaving(DoubleUnaryOperator x, DoubleUnaryOperator y) {
        double[] t = new double[POINTS];
        double[] wayX = new double[POINTS];
        double[] wayY = new double[POINTS];
        for (int i = 0; i < POINTS; i++) {
            double share = (double) i / (POINTS - 1);
            t[i] = 8 * share;
            wayX[i] = x.applyAsDouble(share);
            wayY[i] = y.applyAsDouble(share);
        }
        return Weaving.of(TrackFeatures.of(new Trajectory(t, wayX, wayY), SceneFrame.WHOLE_FRAME));
    }

    private static double swing(double share, double times, double far) {
        return far * Math.sin(2 * Math.PI * times * share);
    }

    @Test
    void turnToOneSideIsNotWeaving() {
        assertThat(weaving(s -> 0.1 + 0.8 * s, s -> 0.5))
                .as("straight on")
                .isCloseTo(0, within(1e-6));
        assertThat(weaving(s -> 0.5 + 0.3 * Math.cos(2 * s), s -> 0.5 + 0.3 * Math.sin(2 * s)))
                .as("a bend")
                .isCloseTo(0, within(1e-6));
        assertThat(weaving(s -> s < 0.6 ? s : 0.6, s -> s < 0.6 ? 0.2 : 0.2 + s - 0.6))
                .as("a corner")
                .isCloseTo(0, within(1e-6));
        assertThat(weaving(s -> 0.4 + 0.1 * s, s -> 0.1 + 1.6 * Math.abs(s - 0.5)))
                .as("one that turned round")
                .isLessThan(0.3);
    }

    @Test
    void turnsToBothSidesAreWeavingByTheirSize() {
        double changesLane =
                weaving(s -> 0.1 + 0.8 * s, s -> 0.5 + 0.04 * Math.tanh(8 * (s - 0.5)));
        double weaves = weaving(s -> 0.1 + 0.8 * s, s -> 0.5 + swing(s, 1.5, 0.04));
        double wildly = weaving(s -> 0.1 + 0.8 * s, s -> 0.5 + swing(s, 1.5, 0.08));

        assertThat(weaves).isGreaterThan(2 * changesLane);
        assertThat(wildly).isGreaterThan(1.5 * weaves);
    }

    @Test
    void jitterOfAStationaryObjectIsNotWeaving() {
        Random random = new Random(3);
        double stands =
                weaving(
                        s ->
                                0.1
                                        + 0.8 * (s < 0.3 ? s : s < 0.7 ? 0.3 : s - 0.4)
                                        + 0.012 * random.nextGaussian(),
                        s -> 0.5 + 0.012 * random.nextGaussian());
        assertThat(stands).isLessThan(weaving(s -> 0.1 + 0.8 * s, s -> 0.5 + swing(s, 1.5, 0.08)));
    }

    /** All stretches are equally short, so no stretch is short relative to the others. */
    @Test
    void stationaryObjectDoesNotWeave() {
        Random random = new Random(4);

        assertThat(
                        weaving(
                                s -> 0.2 + 0.004 * random.nextGaussian(),
                                s -> 0.4 + 0.004 * random.nextGaussian()))
                .isZero();
    }

    /** Direction and scale of a road in the image depend on the camera only. */
    @Property(tries = 200)
    void weavingIsInvariantToRotationReflectionAndScale(
            @ForAll @DoubleRange(max = 6.3) double angle,
            @ForAll @DoubleRange(min = 0.3, max = 1) double size,
            @ForAll boolean mirrored) {
        DoubleUnaryOperator along = s -> 0.8 * (s - 0.5);
        DoubleUnaryOperator aside = s -> (mirrored ? -1 : 1) * swing(s, 1.5, 0.1);
        double cos = size * Math.cos(angle);
        double sin = size * Math.sin(angle);
        double turned =
                weaving(
                        s -> 0.5 + cos * along.applyAsDouble(s) - sin * aside.applyAsDouble(s),
                        s -> 0.5 + sin * along.applyAsDouble(s) + cos * aside.applyAsDouble(s));

        assertThat(turned)
                .isCloseTo(
                        weaving(s -> 0.1 + 0.8 * s, s -> 0.5 + swing(s, 1.5, 0.1)), within(0.15));
    }
}
