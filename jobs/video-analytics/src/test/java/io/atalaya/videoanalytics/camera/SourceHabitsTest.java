package io.atalaya.videoanalytics.camera;

import io.atalaya.contracts.alert.Alert;
import io.atalaya.contracts.alert.AlertType;
import io.atalaya.contracts.camera.CameraFrame;
import io.atalaya.contracts.camera.DetectedObject;
import io.atalaya.contracts.device.Zone;
import io.atalaya.videoanalytics.episode.EpisodeUpdate;
import io.atalaya.videoanalytics.recording.CameraRecording.Arrived;
import io.atalaya.videoanalytics.recording.Street;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * The same street as different sources send it: one object per message, without stationary objects,
 * with late object types. The same vehicle stops in it, and the alert must be the same.
 */
class SourceHabitsTest {
    private static final double STOPS = 26 * 60;
    private static final double GOES_ON = STOPS + 150;
    private static final double END = 32 * 60;

    private static List<Arrived> street() {
        return new Street(5, 4)
                .withTraffic(0, END)
                .vehicle(
                        s -> {
                            double z = 140 - 14 * (s - STOPS + 6);
                            double stopped = 56;
                            if (s < GOES_ON) {
                                return Street.between(-2.2, Math.max(stopped, z));
                            }
                            return Street.between(-2.2, stopped - 14 * (s - GOES_ON));
                        })
                .film(0, END);
    }

    private static List<EpisodeUpdate> watch(List<Arrived> messages) throws IOException {
        CameraAnalyzer watch = new CameraAnalyzer(CameraAnalyzerSettings.DEFAULT);
        List<EpisodeUpdate> updates = new ArrayList<>();
        int n = 0;
        for (Arrived each : messages) {
            while (watch.timerAt() <= each.at()) {
                updates.addAll(watch.onTime(watch.timerAt()));
            }
            updates.addAll(watch.onFrame(each.frame(), each.at()));
            if (n++ % 97 == 0) {
                watch = AnalyzerBytes.of(watch).read(CameraAnalyzerSettings.DEFAULT);
            }
        }
        return updates;
    }

    private static void assertOneStoppedVehicle(List<EpisodeUpdate> updates) {
        assertThat(updates)
                .isNotEmpty()
                .allSatisfy(n -> assertThat(n.type()).isEqualTo(AlertType.STOPPED_VEHICLE));
        assertThat(updates)
                .extracting(EpisodeUpdate::identityKey)
                .containsOnly(updates.get(0).identityKey());
        EpisodeUpdate last = updates.get(updates.size() - 1);
        assertThat(last.status()).isEqualTo(Alert.Status.ENDED);
        assertThat((updates.get(0).causedAt() - Street.START) / 1000.0)
                .isBetween(STOPS + 30, STOPS + 75);
        assertThat((last.lastObservedAt() - Street.START) / 1000.0)
                .isBetween(GOES_ON - 30, GOES_ON + 40);
    }

    @Test
    void inWholeFrames() throws IOException {
        assertOneStoppedVehicle(watch(street()));
    }

    @Test
    void anObjectAMessage() throws IOException {
        List<Arrived> messages = new ArrayList<>();
        Random random = new Random(1);
        for (Arrived each : street()) {
            int n = 0;
            List<Arrived> parts = new ArrayList<>();
            for (DetectedObject object : each.frame().objects()) {
                long time = each.frame().deviceTime() + n++;
                parts.add(
                        new Arrived(
                                new CameraFrame(
                                        Street.CAMERA,
                                        time,
                                        null,
                                        List.of(object),
                                        true,
                                        List.of()),
                                each.at()));
            }
            Collections.shuffle(parts, random);
            messages.addAll(parts);
        }
        assertThat(messages).hasSizeGreaterThan(street().size());
        assertOneStoppedVehicle(watch(messages));
    }

    /** In ONVIF, idle is reported once, and an idle object keeps its id. */
    @Test
    void whatStandsStillOnlyOnce() throws IOException {
        List<Arrived> messages = new ArrayList<>();
        String idle = null;
        int leftOut = 0;
        for (Arrived each : street()) {
            double s = (each.frame().deviceTime() - Street.START) / 1000.0;
            boolean stands = s >= STOPS + 2 && s < GOES_ON;
            List<DetectedObject> sent = new ArrayList<>();
            for (DetectedObject object : each.frame().objects()) {
                if (!stands || !isAtTheStop(object)) {
                    sent.add(object);
                } else if (idle == null) {
                    idle = object.trackId();
                    sent.add(idle(object));
                } else {
                    leftOut++;
                }
            }
            boolean goes = idle != null && !stands;
            messages.add(
                    new Arrived(
                            new CameraFrame(
                                    Street.CAMERA,
                                    each.frame().deviceTime(),
                                    each.frame().frameId(),
                                    sent,
                                    false,
                                    goes ? List.of(idle) : List.of()),
                            each.at()));
        }
        assertThat(leftOut).isGreaterThan(300);
        assertOneStoppedVehicle(watch(messages));
    }

    private static final Zone YARD =
            new Zone(
                    "yard",
                    Zone.Kind.RESTRICTED,
                    List.of(
                            new Zone.Point(0.5f, 0),
                            new Zone.Point(1, 0),
                            new Zone.Point(1, 1),
                            new Zone.Point(0.5f, 1)));

    /** Reported once, in a frame that otherwise repeats the last one, or that is late. */
    @ParameterizedTest
    @CsvSource({"40, 40", "40, 42"})
    void whoIsGoneIsGoneWhateverElseTheFrameSays(int said, int comes) {
        CameraAnalyzer watch = new CameraAnalyzer(CameraAnalyzerSettings.DEFAULT);
        watch.draw(List.of(YARD));
        List<CameraFrame> frames = new ArrayList<>();
        for (int i = 0; i < 120; i++) {
            // The frame that reports it repeats the previous one.
            double x = 0.2 + 1e-4 * (i == said ? i - 1 : i);
            List<DetectedObject> objects = new ArrayList<>();
            objects.add(new DetectedObject("1", "Human", 1, x, 0.4, 0.02, 0.1));
            if (i == 0) {
                objects.add(new DetectedObject("2", "Human", 1, 0.7, 0.4, 0.02, 0.1, true));
            }
            frames.add(
                    new CameraFrame(
                            Street.CAMERA,
                            Street.START + 250 * i,
                            (long) i,
                            objects,
                            false,
                            i == said ? List.of("2") : List.of()));
        }
        frames.add(comes, frames.remove(said));
        List<EpisodeUpdate> updates = new ArrayList<>();
        for (CameraFrame frame : frames) {
            updates.addAll(watch.onFrame(frame, frame.deviceTime() + 1_000));
        }

        assertThat(updates)
                .extracting(EpisodeUpdate::status)
                .containsExactly(Alert.Status.NEW, Alert.Status.ENDED);
        assertThat(updates.get(1).lastObservedAt())
                .isLessThanOrEqualTo(Street.START + 250 * (comes + 1));
    }

    /** The clock is 1 h ahead, so the arrival time is used. */
    @Test
    void aClockThatIsAheadMovesNoFreeze() {
        CameraAnalyzer watch = new CameraAnalyzer(CameraAnalyzerSettings.DEFAULT);
        List<EpisodeUpdate> updates = new ArrayList<>();
        for (int i = 0; i < 120; i++) {
            long at = Street.START + 250 * i;
            CameraFrame frame =
                    new CameraFrame(
                            Street.CAMERA,
                            at + 3_600_000,
                            (long) i,
                            List.of(new DetectedObject("1", "Human", 1, 0.2, 0.4, 0.02, 0.1)));
            updates.addAll(watch.onFrame(frame, at));
        }

        assertThat(updates)
                .first()
                .satisfies(
                        emitted -> {
                            assertThat(emitted.type()).isEqualTo(AlertType.CAMERA_FROZEN);
                            assertThat(emitted.startedAt()).isEqualTo(Street.START);
                        });
    }

    private static boolean isAtTheStop(DetectedObject object) {
        return Math.abs(object.x() + object.width() / 2 - 0.478) < 0.01
                && Math.abs(object.y() + object.height() - 0.323) < 0.01;
    }

    private static DetectedObject idle(DetectedObject object) {
        return new DetectedObject(
                object.trackId(),
                object.type(),
                object.confidence(),
                object.x(),
                object.y(),
                object.width(),
                object.height(),
                true);
    }

    /** As with Axis cameras: the type is unknown at first, then known, and sometimes lost again. */
    @Test
    void whatItIsOnlyLater() throws IOException {
        List<Arrived> messages = new ArrayList<>();
        Map<String, Integer> seen = new HashMap<>();
        Random random = new Random(2);
        for (Arrived each : street()) {
            List<DetectedObject> sent = new ArrayList<>();
            for (DetectedObject object : each.frame().objects()) {
                int times = seen.merge(object.trackId(), 1, Integer::sum);
                boolean known = times > 4 && random.nextDouble() > 0.3;
                sent.add(known ? object : unknown(object));
            }
            CameraFrame whole = each.frame();
            messages.add(
                    new Arrived(
                            new CameraFrame(
                                    whole.deviceId(), whole.deviceTime(), whole.frameId(), sent),
                            each.at()));
        }
        assertOneStoppedVehicle(watch(messages));
    }

    private static DetectedObject unknown(DetectedObject object) {
        return new DetectedObject(
                object.trackId(),
                DetectedObject.UNKNOWN,
                object.confidence(),
                object.x(),
                object.y(),
                object.width(),
                object.height());
    }
}
