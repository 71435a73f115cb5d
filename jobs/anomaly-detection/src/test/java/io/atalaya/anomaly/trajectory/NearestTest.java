package io.atalaya.anomaly.trajectory;

import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;

import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

class NearestTest {
    private static final int STRETCH = 4;

    /** Against the definition, track by track. */
    @Property(tries = 300)
    void distancesAreThoseOfAllPlaces(
            @ForAll long seed,
            @ForAll @IntRange(max = 30) int tracks,
            @ForAll boolean isOneOfThem) {
        Random random = new Random(seed);
        List<float[]> others = IntStream.range(0, tracks).mapToObj(i -> track(random)).toList();
        int own = isOneOfThem && tracks > 0 ? random.nextInt(tracks) : -1;
        float[] track = own < 0 ? track(random) : others.get(own);
        double[] values = new double[View.count()];

        new Nearest(track, columns(others), tracks, own).addTo(values, 1);

        List<float[]> compared =
                IntStream.range(0, tracks).filter(i -> i != own).mapToObj(others::get).toList();
        float farthest = 0;
        for (int from = 0; from <= TrackFeatures.POINTS - STRETCH; from++) {
            float nearest = Float.POSITIVE_INFINITY;
            for (float[] other : compared) {
                for (int at = 0; at <= TrackFeatures.POINTS - STRETCH; at++) {
                    nearest = Math.min(nearest, stretch(track, from, other, at));
                }
            }
            farthest = Math.max(farthest, nearest);
        }
        List<float[]> steps = compared.stream().map(NearestTest::steps).toList();
        assertThat(values[View.FORM.ordinal()])
                .isCloseTo(
                        log(least(steps(track), 0, steps, 0, TrackFeatures.POINTS - 1)),
                        within(1e-3));
        // Exactly: what is left out must not change an alert.
        assertThat(values[View.STRETCH.ordinal()]).isEqualTo(log(farthest));
    }

    /** The places in pairs, an even one first, as the vectors are added. */
    private static float stretch(float[] track, int from, float[] other, int at) {
        float[] places = new float[STRETCH];
        for (int i = 0; i < STRETCH; i++) {
            float dx = track[2 * (from + i)] - other[2 * (at + i)];
            float dy = track[2 * (from + i) + 1] - other[2 * (at + i) + 1];
            places[(from + i) % STRETCH] = dx * dx + dy * dy;
        }
        return places[0] + places[1] + (places[2] + places[3]);
    }

    private static float[] steps(float[] track) {
        float[] steps = new float[TrackFeatures.ALONG - 2];
        for (int i = 0; i < steps.length; i++) {
            steps[i] = track[i + 2] - track[i];
        }
        return steps;
    }

    private static float[][] columns(List<float[]> tracks) {
        float[][] columns = new float[TrackFeatures.ALONG][tracks.size()];
        for (int i = 0; i < tracks.size(); i++) {
            for (int k = 0; k < columns.length; k++) {
                columns[k][i] = tracks.get(i)[k];
            }
        }
        return columns;
    }

    private static double least(float[] track, int from, List<float[]> others, int at, int places) {
        return others.stream()
                .mapToDouble(
                        other ->
                                IntStream.range(0, 2 * places)
                                        .mapToDouble(i -> track[2 * from + i] - other[2 * at + i])
                                        .map(difference -> difference * difference)
                                        .sum())
                .min()
                .orElse(Double.POSITIVE_INFINITY);
    }

    private static double log(double square) {
        return square == Double.POSITIVE_INFINITY ? 0 : Math.log(Math.max(square, 1e-8)) / 2;
    }

    /** Along one of four lanes; a few leave it, and some begin late. */
    private static float[] track(Random random) {
        float[] track = new float[TrackFeatures.ALONG];
        int lane = random.nextInt(4);
        double aside = random.nextInt(5) == 0 ? 0.05 : 0;
        int late = random.nextInt(3) * random.nextInt(6);
        for (int k = 0; k < TrackFeatures.POINTS; k++) {
            track[2 * k] = (float) ((late + k) / 15.0 + 0.01 * random.nextGaussian());
            track[2 * k + 1] = (float) (0.2 * lane + aside * k + 0.01 * random.nextGaussian());
        }
        return track;
    }
}
