package io.atalaya.lab.replay;

import io.atalaya.lab.Lab;
import io.atalaya.lab.evaluate.camera.CameraFigures;
import io.atalaya.lab.evaluate.camera.CameraScorer;
import io.atalaya.lab.evaluate.input.InputFiles;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;
import picocli.CommandLine;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

/** Runs the command with the real camera job over a recorded hour with known answers. */
@Execution(ExecutionMode.CONCURRENT)
class VideoReplayKafkaIT {
    private static final Path CITY = Path.of("../../../shared/data/sumo");

    /**
     * Bounds of the median delay from the start of an episode to its first alert, in event time,
     * ms.
     */
    private static final Map<String, Long> LONGEST_DELAY =
            Map.of(
                    "stopped-vehicle", 60_000L,
                    "camera-silent", 30_000L,
                    "camera-frozen", 30_000L,
                    "wrong-way", 10_000L,
                    "crowd", 60_000L,
                    "congestion", 120_000L,
                    "abandoned-object", 120_000L,
                    "loitering", 180_000L,
                    "camera-moved", 300_000L);

    @TempDir private Path directory;

    @Test
    void findsWhatHappensAndIsSilentOtherwise() throws Exception {
        assumeTrue(Files.isDirectory(CITY), () -> "no recording at " + CITY.toAbsolutePath());
        Path recording = Files.createDirectory(directory.resolve("cameras"));
        for (String file : new String[] {"camera-frames.jsonl.gz", "devices.jsonl.gz"}) {
            Files.copy(CITY.resolve(file), recording.resolve(file));
        }
        Files.writeString(
                recording.resolve("model-control.jsonl"),
                """
                {"timestamp":1,"key":"trajectory","value":{"model":"trajectory","active":"1","requestedBy":"ana","time":1}}
                """);
        StringWriter err = new StringWriter();
        CommandLine line = Lab.commandLine();
        line.setOut(new PrintWriter(new StringWriter()));
        line.setErr(new PrintWriter(err, true));
        Path out = directory.resolve("out");

        assertThat(
                        line.execute(
                                "replay",
                                recording.toString(),
                                "--out",
                                out.toString(),
                                "--jobs",
                                "video-analytics",
                                "--parallelism",
                                "1",
                                "-D",
                                "reads.fetch-wait=50 ms"))
                .isZero();

        assertThat(err.toString()).isEmpty();
        CameraFigures figures =
                CameraScorer.score(
                        InputFiles.truth(CITY.resolve("truth.json")),
                        InputFiles.alerts(out.resolve("alerts.jsonl")));
        assertThat(figures.found()).as("%s", figures.missed()).isGreaterThanOrEqualTo(42);
        assertThat(figures.alertsPerIncident()).isLessThanOrEqualTo(1.1);
        assertThat(figures.falsePerCameraHour())
                .as("%s", figures.falseOnes())
                .isLessThanOrEqualTo(0.1);
        figures.kinds()
                .forEach(
                        (type, kind) ->
                                assertThat(kind.delays().p50())
                                        .as("median delay of %s, ms", type)
                                        .isLessThanOrEqualTo(LONGEST_DELAY.getOrDefault(type, 0L)));
        assertThat(figures.kinds()).containsKeys(LONGEST_DELAY.keySet().toArray(String[]::new));
        assertThat(Files.readAllLines(out.resolve("model-answers.jsonl")))
                .as("the request of the recording is accepted")
                .singleElement()
                .asString()
                .contains("\"answer\":\"accepted\"");
        assertThat(Files.size(out.resolve("dead-letter.jsonl"))).isZero();
    }
}
