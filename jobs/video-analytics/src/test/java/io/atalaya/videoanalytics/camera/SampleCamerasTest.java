package io.atalaya.videoanalytics.camera;

import io.atalaya.contracts.json.InvalidRecordException;
import io.atalaya.simulator.camera.CameraPlan;
import io.atalaya.videoanalytics.recording.AnalyzerRun;
import io.atalaya.videoanalytics.recording.CameraScore;
import io.atalaya.videoanalytics.recording.FilmedCity;

import org.junit.jupiter.api.Test;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Cameras of several sample cities that were not used for tuning: other roads, squares, signals,
 * traffic and trackers.
 */
class SampleCamerasTest {
    private static final long START = 1_772_542_800_000L;
    private static final int CAMERAS = 15;
    private static final int MINUTES = 100;
    private static final int CITIES = 2;

    /** Episodes of a city, and the score of its alerts. */
    private record Watched(int episodes, CameraScore score) {}

    @Test
    void whatHappensIsFoundAndLittleElseIsEmitted() {
        int episodes = 0;
        List<String> missed = new ArrayList<>();
        List<String> wrong = new ArrayList<>();
        // Cities are independent; on two cores this halves the time.
        List<Watched> cities =
                IntStream.rangeClosed(1, CITIES)
                        .parallel()
                        .mapToObj(SampleCamerasTest::watch)
                        .toList();
        for (int i = 0; i < CITIES; i++) {
            CameraScore score = cities.get(i).score();
            System.out.printf("city %d%n%s", i + 1, score.table());
            assertThat(score.alertsPerIncident()).isLessThanOrEqualTo(1.1);
            episodes += cities.get(i).episodes();
            missed.addAll(score.missed());
            wrong.addAll(score.falseOnes());
        }
        missed.forEach(each -> System.out.println("missed " + each));
        wrong.forEach(each -> System.out.println("false " + each));
        assertThat(episodes).isGreaterThan(100);
        assertThat((double) missed.size()).as("%s", missed).isLessThanOrEqualTo(0.05 * episodes);
        assertThat((double) wrong.size())
                .as("%s", wrong)
                .isLessThanOrEqualTo(CITIES * CAMERAS * MINUTES / 60.0 / 10);
    }

    private static Watched watch(int seed) {
        FilmedCity city = new FilmedCity(seed, START, new CameraPlan(CAMERAS, 0, 30, MINUTES, 6));
        AnalyzerRun run = new AnalyzerRun(CameraAnalyzerSettings.DEFAULT);
        try {
            city.film(run::feed);
        } catch (InvalidRecordException e) {
            throw new IllegalStateException("what the city filmed cannot be read", e);
        }
        return new Watched(
                city.truth().cameraEpisodes().size(), CameraScore.of(city.truth(), run.emitted()));
    }
}
