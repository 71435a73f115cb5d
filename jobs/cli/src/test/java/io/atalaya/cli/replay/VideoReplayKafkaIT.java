package io.atalaya.cli.replay;

import io.atalaya.cli.Atalaya;
import io.atalaya.cli.evaluate.InputFiles;
import io.atalaya.cli.evaluate.camera.CameraFigures;
import io.atalaya.cli.evaluate.camera.CameraScorer;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

/** The command with the real camera job, over a recorded hour with known answers. */
class VideoReplayKafkaIT {
    private static final Path CITY = Path.of("../../../shared/data/sumo");

    @TempDir private Path directory;

    @Test
    void findsWhatHappensAndIsSilentOtherwise() throws Exception {
        assumeTrue(Files.isDirectory(CITY), () -> "no recording at " + CITY.toAbsolutePath());
        Path recording = Files.createDirectory(directory.resolve("cameras"));
        for (String file : new String[] {"camera-frames.jsonl.gz", "devices.jsonl.gz"}) {
            Files.copy(CITY.resolve(file), recording.resolve(file));
        }
        StringWriter err = new StringWriter();
        CommandLine line = Atalaya.commandLine();
        line.setOut(new PrintWriter(new StringWriter()));
        line.setErr(new PrintWriter(err, true));
        Path out = directory.resolve("out");

        assertThat(line.execute("replay", recording.toString(), "--out", out.toString())).isZero();

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
        assertThat(Files.size(out.resolve("dead-letter.jsonl"))).isZero();
    }
}
