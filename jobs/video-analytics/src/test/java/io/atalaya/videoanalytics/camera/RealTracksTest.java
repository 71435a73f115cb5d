package io.atalaya.videoanalytics.camera;

import io.atalaya.contracts.alert.Alert;
import io.atalaya.videoanalytics.recording.AnalyzerRun;
import io.atalaya.videoanalytics.recording.CameraRecording.Arrived;
import io.atalaya.videoanalytics.recording.RealTracks;
import io.atalaya.videoanalytics.recording.RealTracks.Film;

import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

import java.io.IOException;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.Stream;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

/**
 * Real tracks, unchanged and repeated until the scene is known. Every alert about them was checked
 * by eye; the page docs/real-tracks.md explains each.
 */
class RealTracksTest {
    /** Time until a scene is known, pauses included, and anomalies are detected. */
    private static final long KNOWN_MILLIS = 35 * 60_000;

    private static final int EVALUATED = 4;

    private static final Map<String, List<String>> OF_THE_SECOND_HALF =
            Map.of(
                    "SDD-nexus_video5", List.of("camera-moved"),
                    "KITTI-0000", List.of("camera-moved"),
                    "KITTI-0006", List.of("camera-moved"),
                    "KITTI-0014", List.of("camera-moved"));

    private static final Map<String, List<String>> OF_THE_FIRST_HALF =
            Map.of(
                    "SDD-nexus_video5", List.of("camera-moved"),
                    "KITTI-0003", List.of("camera-moved"),
                    "KITTI-0006", List.of("camera-moved"),
                    "KITTI-0010", List.of("camera-moved"),
                    "KITTI-0014", List.of("camera-moved"));

    private static final Map<String, List<String>> OF_SOME =
            Map.of(
                    "SDD-deathCircle_video2", List.of("loitering"),
                    "KITTI-0012", List.of("loitering", "loitering"));

    @BeforeAll
    static void requireData() {
        assumeTrue(
                Files.isDirectory(RealTracks.DATA),
                () -> "no tracks at " + RealTracks.DATA.toAbsolutePath());
    }

    /** Without data a placeholder, so that {@link #requireData} reports it. */
    static Stream<Film> annotated() throws IOException {
        if (!Files.isDirectory(RealTracks.DATA)) {
            return Stream.of(new Film("missing", 1, 1, 1, List.of()));
        }
        List<Film> films = new ArrayList<>();
        films.add(RealTracks.pets());
        films.add(RealTracks.drone("quad_video0", 1983, 1088));
        films.add(RealTracks.drone("quad_video3", 1983, 1088));
        films.add(RealTracks.drone("deathCircle_video2", 1436, 1959));
        films.add(RealTracks.drone("nexus_video5", 1184, 1759));
        for (String drive : List.of("0000", "0003", "0006", "0010", "0012", "0014", "0017")) {
            films.add(RealTracks.drive(drive));
        }
        return films.stream();
    }

    static Stream<Film> films() throws IOException {
        if (!Files.isDirectory(RealTracks.DATA)) {
            return annotated();
        }
        return Stream.concat(
                annotated(),
                Stream.of(
                        RealTracks.detections(
                                "pets2009/PETS09-S2L1.det.txt", "Person", 7, 768, 576),
                        RealTracks.detections("kitti/KITTI-13.det.txt", "Person", 10, 1242, 375),
                        RealTracks.detections("kitti/KITTI-17.det.txt", "Person", 10, 1242, 375)));
    }

    @ParameterizedTest
    @MethodSource("films")
    void onceNothingIsEmitted(Film film) {
        assertThat(emitted(RealTracks.show(List.of(film)))).isEmpty();
    }

    /** Repeated behaviour raises no alert, although ids start again each time. */
    @ParameterizedTest
    @MethodSource("films")
    void recurringActivityRaisesNoAlert(Film film) {
        assertThat(emitted(RealTracks.show(often(film)))).isEmpty();
    }

    @ParameterizedTest
    @MethodSource("films")
    void theSecondHalfBeforeACameraThatKnowsTheFirst(Film film) {
        assertThat(alertsOfOneAfter(film.half(0), film.half(1)))
                .isEqualTo(OF_THE_SECOND_HALF.getOrDefault(film.name(), List.of()));
    }

    @ParameterizedTest
    @MethodSource("films")
    void theFirstHalfBeforeACameraThatKnowsTheSecond(Film film) {
        assertThat(alertsOfOneAfter(film.half(1), film.half(0)))
                .isEqualTo(OF_THE_FIRST_HALF.getOrDefault(film.name(), List.of()));
    }

    private static List<String> alertsOfOneAfter(Film known, Film evaluated) {
        List<Film> all = new ArrayList<>(often(known));
        all.addAll(Collections.nCopies(EVALUATED, evaluated));
        return emitted(RealTracks.show(all));
    }

    /** A random half each time: the same place, but always other traffic. */
    @ParameterizedTest
    @MethodSource("annotated")
    void halfOfThemAtATime(Film film) {
        Random lot = new Random(0);
        List<Film> all =
                Stream.concat(often(film).stream(), often(film).stream())
                        .map(each -> each.some(lot))
                        .toList();
        assertThat(emitted(RealTracks.show(all)))
                .isEqualTo(OF_SOME.getOrDefault(film.name(), List.of()));
    }

    @Test
    void aGarageIsQuiet() throws Exception {
        assertThat(emitted(RealTracks.garage())).isEmpty();
    }

    private static List<Film> often(Film film) {
        return Collections.nCopies((int) (KNOWN_MILLIS / film.millis()), film);
    }

    private static List<String> emitted(List<Arrived> frames) {
        return new AnalyzerRun(CameraAnalyzerSettings.DEFAULT)
                .feed(frames).emitted().stream()
                        .map(AnalyzerRun.EmittedUpdate::update)
                        .filter(update -> update.status() == Alert.Status.NEW)
                        .map(update -> update.type().wireName())
                        .toList();
    }
}
