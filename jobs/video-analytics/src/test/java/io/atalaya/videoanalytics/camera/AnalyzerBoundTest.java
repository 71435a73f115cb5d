package io.atalaya.videoanalytics.camera;

import io.atalaya.contracts.camera.CameraFrame;
import io.atalaya.contracts.camera.DetectedObject;
import io.atalaya.contracts.device.Zone;

import org.apache.flink.core.memory.DataOutputSerializer;
import org.junit.jupiter.api.Test;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;

import static org.assertj.core.api.Assertions.assertThat;

/** The state of one camera is bounded, whatever it sends. */
class AnalyzerBoundTest {
    private static final long START = 1_772_539_200_000L;

    /** A character of three bytes in state. */
    private static final String LONG = "\u20ac";

    @Test
    void theLargestStateThatCanBeSentStaysBelowTheBound() throws Exception {
        CameraAnalyzer watch = new CameraAnalyzer(CameraAnalyzerSettings.DEFAULT);
        watch.draw(zones());
        Random random = new Random(3);
        int objectCount = 400;
        double[] x = new double[objectCount];
        double[] y = new double[objectCount];
        double[] dx = new double[objectCount];
        double[] dy = new double[objectCount];
        for (int i = 0; i < objectCount; i++) {
            x[i] = random.nextDouble();
            y[i] = random.nextDouble();
            dx[i] = 0.01 * random.nextGaussian();
            dy[i] = 0.01 * random.nextGaussian();
        }
        int most = 0;
        int wanted = 0;
        int episodes = 0;
        for (int f = 0; f < 1_000; f++) {
            List<DetectedObject> objects = new ArrayList<>();
            for (int i = 0; i < objectCount; i++) {
                x[i] = Math.abs((x[i] + dx[i]) % 0.96);
                y[i] = Math.abs((y[i] + dy[i]) % 0.96);
                // Renamed so often that the list of ids is full.
                String id = name(f / 3 * objectCount + i, 64);
                objects.add(
                        new DetectedObject(
                                id,
                                i % 2 == 0 ? "Car" : "Human",
                                1,
                                x[i],
                                y[i],
                                0.03,
                                0.04,
                                i % 4 == 0));
            }
            long time = START + 1_000L * f;
            episodes += watch.onFrame(new CameraFrame("C", time, (long) f, objects), time).size();
            if (f % 100 == 99) {
                // An incomplete frame with the maximum content of a part.
                watch.onFrame(
                        new CameraFrame(
                                "C",
                                time + 1,
                                (long) f + 1,
                                objects,
                                true,
                                objects.stream().map(DetectedObject::trackId).toList()),
                        time + 1);
                DataOutputSerializer unbounded = new DataOutputSerializer(1024);
                watch.write(unbounded);
                wanted = Math.max(wanted, unbounded.length());
                most = Math.max(most, AnalyzerBytes.of(watch).size());
            }
        }
        assertThat(episodes).isGreaterThan(10);
        assertThat(wanted).as("else this test shows nothing").isGreaterThan(AnalyzerBytes.BOUND);
        assertThat(most).isBetween(AnalyzerBytes.BOUND / 4, AnalyzerBytes.BOUND);
        assertThat(
                        AnalyzerBytes.of(
                                        AnalyzerBytes.of(watch)
                                                .read(CameraAnalyzerSettings.DEFAULT))
                                .size())
                .isEqualTo(AnalyzerBytes.of(watch).size());
    }

    /**
     * An id of maximum length that starts with the number, because the end of a longer one is cut.
     */
    private static String name(int i, int length) {
        String number = String.valueOf(i);
        return number + LONG.repeat(length - number.length());
    }

    private static List<Zone> zones() {
        List<Zone> zones = new ArrayList<>();
        for (int i = 0; i < 32; i++) {
            float left = i / 32f;
            zones.add(
                    new Zone(
                            name(i, 32),
                            Zone.Kind.RESTRICTED,
                            List.of(
                                    new Zone.Point(left, 0),
                                    new Zone.Point(left + 1 / 32f, 0),
                                    new Zone.Point(left + 1 / 32f, 1),
                                    new Zone.Point(left, 1))));
        }
        return zones;
    }
}
