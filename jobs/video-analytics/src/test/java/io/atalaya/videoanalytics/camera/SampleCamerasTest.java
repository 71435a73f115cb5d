package io.atalaya.videoanalytics.camera;

import io.atalaya.json.InvalidRecordException;
import io.atalaya.loadgenerator.camera.CameraPlan;
import io.atalaya.videoanalytics.recording.CameraScore;
import io.atalaya.videoanalytics.recording.FilmedCity;
import io.atalaya.videoanalytics.recording.WatchRun;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import static org.assertj.core.api.Assertions.assertThat;

class SampleCamerasTest {
    private static final long START = 1_772_542_800_000L;

    @ParameterizedTest
    @CsvSource({"1", "2", "3"})
    void explore(long seed) throws InvalidRecordException {
        FilmedCity city = new FilmedCity(seed, START, new CameraPlan(20, 0, 30, 120, 6));
        WatchRun run = new WatchRun(WatchSettings.DEFAULT);
        long[] n = new long[2];
        long t0 = System.nanoTime();
        city.film(
                arrived -> {
                    n[0]++;
                    n[1] += arrived.frame().objects().size();
                    run.feed(arrived);
                });
        CameraScore score = CameraScore.of(city.truth(), run.told());
        System.out.printf(
                "seed %d: %d frames, %.2f objects a frame, %d unusual speeds, %.1f s%n%s",
                seed,
                n[0],
                (double) n[1] / n[0],
                city.truth().unusualSpeeds().size(),
                (System.nanoTime() - t0) / 1e9,
                score.table());
        score.missed().forEach(m -> System.out.println("MISSED " + m));
        score.falseOnes().forEach(m -> System.out.println("FALSE " + m));
        assertThat(n[0]).isPositive();
    }
}
