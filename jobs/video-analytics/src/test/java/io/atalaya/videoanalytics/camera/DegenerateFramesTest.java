package io.atalaya.videoanalytics.camera;

import io.atalaya.contracts.alert.Alert;
import io.atalaya.contracts.alert.AlertCodec;
import io.atalaya.contracts.alert.AlertType;
import io.atalaya.contracts.camera.CameraFrame;
import io.atalaya.contracts.camera.DetectedObject;
import io.atalaya.videoanalytics.episode.AlertPolicy;
import io.atalaya.videoanalytics.episode.EpisodeAlertComposer;
import io.atalaya.videoanalytics.episode.EpisodeUpdate;
import io.atalaya.videoanalytics.scene.SceneModel;
import io.atalaya.videoanalytics.track.Track;

import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.statistics.Statistics;
import org.apache.flink.core.memory.DataInputDeserializer;
import org.apache.flink.core.memory.DataOutputSerializer;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Boxes of no size or as large as the frame, far outside, jumping or equal; times that are equal,
 * jump or run backwards; track ids that change their object: every alert holds finite numbers only,
 * and the state can be read again.
 */
class DegenerateFramesTest {
    private static final long START = 1_772_542_800_000L;
    private static final List<String> TYPES =
            List.of("Car", "Car", "Car", "Human", "Bag", "Unknown");
    private static final double[] PLACES = {0, 0.3, 0.5, 0.997, 1, -0.49, 1.4, 1e6, -1e6};
    private static final double[] SIZES = {0, 1e-4, 1.1e-4, 0.05, 0.05, 0.3, 1, 1e6};

    /** Settings with a short warm-up. */
    private static CameraAnalyzerSettings soonWarm() {
        CameraAnalyzerSettings typical = CameraAnalyzerSettings.DEFAULT;
        return new CameraAnalyzerSettings(
                typical.tracks(),
                new SceneModel.Settings(30_000, 10, 60_000, 5, 3_600_000, 600_000),
                typical.stopped(),
                typical.wrongWay(),
                typical.speed(),
                typical.loitering(),
                typical.crowd(),
                typical.congestion(),
                typical.abandoned(),
                typical.zone(),
                typical.line(),
                typical.silence(),
                typical.frozenStream(),
                typical.sceneChange(),
                typical.consistency(),
                typical.off());
    }

    private final EpisodeAlertComposer composer = new EpisodeAlertComposer(AlertPolicy.DEFAULT);

    @Property(tries = 40)
    void everyAlertIsMadeOfFiniteNumbers(@ForAll long seed) throws Exception {
        Random random = new Random(seed);
        CameraAnalyzer watch = new CameraAnalyzer(soonWarm());
        long time = random.nextInt(4) == 0 ? 1_000 : START;
        long arrival = time + 50;
        for (int i = 0; i < 2_400; i++) {
            long step = step(random);
            time = Math.max(0, time + step);
            arrival += Math.max(1, Math.abs(step));
            for (EpisodeUpdate update :
                    watch.onFrame(
                            new CameraFrame("CAM-1", time, null, objects(random, i)), arrival)) {
                Statistics.label("alerts")
                        .collect(update.type())
                        .coverage(
                                checker -> {
                                    checker.check(AlertType.CRAWLING).count(n -> n > 0);
                                    checker.check(AlertType.STOPPED_VEHICLE).count(n -> n > 0);
                                });
                Alert alert = composer.compose(update, "CAM-1", null, arrival);
                byte[] written = AlertCodec.write(alert);
                assertThat(AlertCodec.write(AlertCodec.read(written, alert.causedAt())))
                        .isEqualTo(written);
            }
            for (Track track : watch.passed()) {
                assertThat(track.trajectory().size()).isPositive();
            }
            if (i % 250 == 249) {
                watch = again(watch);
            }
        }
    }

    private static long step(Random random) {
        return switch (random.nextInt(2_000)) {
            case 0 -> 0;
            case 1 -> -random.nextInt(100_000);
            case 2 -> 86_400_000L * random.nextInt(40);
            case 3 -> 20 * 60_000;
            default -> 250;
        };
    }

    /** Regular traffic, anomalies in it, and absurd boxes. */
    private static List<DetectedObject> objects(Random random, int frame) {
        double s = frame / 4.0;
        List<DetectedObject> objects = new ArrayList<>();
        for (int lane = 0; lane < 3; lane++) {
            int vehicle = (int) (s / 8);
            double x = 0.15 * (s % 8);
            boolean wrong = vehicle % 13 == 9 && lane == 1;
            add(
                    objects,
                    random,
                    "vehicle-" + vehicle + "/" + lane,
                    "Car",
                    wrong ? 1 - x : x,
                    0.2 + 0.2 * lane);
        }
        add(objects, random, "slow-" + (int) (s / 90), "Car", 0.03 * (s % 90), 0.4);
        if (s % 150 > 60) {
            add(objects, random, "stop-" + (int) (s / 150), "Car", 0.5, 0.6);
        }
        for (int person = 0; person < 12 && s % 200 > 100; person++) {
            add(
                    objects,
                    random,
                    "p-" + person + "-" + (int) (s / 200),
                    "Human",
                    0.3 + 0.02 * person,
                    0.8);
        }
        for (int n = random.nextInt(10) - 8; n > 0; n--) {
            objects.add(
                    new DetectedObject(
                            random.nextBoolean()
                                    ? "vehicle-" + (int) (s / 8) + "/0"
                                    : "x" + random.nextInt(4),
                            TYPES.get(random.nextInt(TYPES.size())),
                            random.nextInt(2),
                            PLACES[random.nextInt(PLACES.length)],
                            PLACES[random.nextInt(PLACES.length)],
                            SIZES[random.nextInt(SIZES.length)],
                            SIZES[random.nextInt(SIZES.length)],
                            random.nextInt(20) == 0));
        }
        return objects;
    }

    /** Adds the visible part of an object whose front is at a fraction of the image width. */
    private static void add(
            List<DetectedObject> objects,
            Random random,
            String id,
            String type,
            double front,
            double y) {
        double tremble = 0.001 * random.nextGaussian();
        double left = Math.max(0, front - 0.05 + tremble);
        double right = Math.min(1, front + tremble);
        if (right - left > 0.005 && random.nextInt(50) > 0) {
            objects.add(new DetectedObject(id, type, 0.9, left, y, right - left, 0.06));
        }
    }

    private static CameraAnalyzer again(CameraAnalyzer watch) throws Exception {
        DataOutputSerializer out = new DataOutputSerializer(1024);
        watch.write(out);
        return CameraAnalyzer.read(
                soonWarm(),
                CameraAnalyzer.detectors(soonWarm()),
                new DataInputDeserializer(out.getCopyOfBuffer()));
    }
}
