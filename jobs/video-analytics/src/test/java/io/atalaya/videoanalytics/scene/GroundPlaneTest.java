package io.atalaya.videoanalytics.scene;

import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.DoubleRange;
import org.junit.jupiter.api.Test;

import java.util.Random;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

class GroundPlaneTest {
    private static final float ASPECT = 16f / 9;

    /**
     * A camera at this height above a level road; objects of 1.65 m, focal length 1.2 image
     * heights.
     */
    private static GroundPlane seen(double height) {
        GroundPlane groundPlane = new GroundPlane(ASPECT);
        Random random = new Random(5);
        for (int i = 0; i < 500; i++) {
            double z = 12 + 120 * random.nextDouble();
            float y = (float) (0.2 + 1.2 * height / z);
            groundPlane.learn(y, (float) (1.2 * 1.65 / z * (1 + 0.05 * random.nextGaussian())));
        }
        return groundPlane;
    }

    @Property(tries = 200)
    void aWayIsAsLongNearAsFar(
            @ForAll @DoubleRange(min = 15, max = 100) double z,
            @ForAll @DoubleRange(min = -8, max = 8) double x,
            @ForAll @DoubleRange(min = 0, max = 6.28) double angle) {
        GroundPlane groundPlane = seen(8);
        double dx = 0.5 * Math.cos(angle);
        double dz = 0.5 * Math.sin(angle);
        float fromX = (float) (ASPECT / 2 + 1.2 * x / z);
        float fromY = (float) (0.2 + 1.2 * 8 / z);
        float toX = (float) (ASPECT / 2 + 1.2 * (x + dx) / (z + dz));
        float toY = (float) (0.2 + 1.2 * 8 / (z + dz));
        float length =
                groundPlane.length((fromX + toX) / 2, (fromY + toY) / 2, toX - fromX, toY - fromY);
        assertThat((double) length).isCloseTo(0.5 / 1.65, within(0.5 / 1.65 * 0.25));
    }

    @Test
    void seenFromAboveEveryPlaceCountsTheSame() {
        GroundPlane groundPlane = new GroundPlane(ASPECT);
        Random random = new Random(5);
        for (int i = 0; i < 500; i++) {
            groundPlane.learn(
                    random.nextFloat(), 0.05f * (1 + 0.1f * (float) random.nextGaussian()));
        }
        assertThat(groundPlane.length(0.3f, 0.2f, 0.05f, 0)).isCloseTo(1, within(0.1f));
        assertThat(groundPlane.length(0.3f, 0.8f, 0, 0.05f)).isCloseTo(1, within(0.1f));
    }

    @Test
    void itSaysNothingBeforeItHasSeenEnough() {
        assertThat(new GroundPlane(ASPECT).isKnown()).isFalse();
        assertThat(seen(8).isKnown()).isTrue();
    }
}
