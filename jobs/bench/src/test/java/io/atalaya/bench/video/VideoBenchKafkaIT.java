package io.atalaya.bench.video;

import io.atalaya.bench.BenchCommand;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

import static org.assertj.core.api.Assertions.assertThat;

/** Whether a run gives every figure; how good they are is for a quiet machine. */
class VideoBenchKafkaIT {
    @TempDir private Path directory;

    private final StringWriter out = new StringWriter();
    private final StringWriter err = new StringWriter();

    @Test
    void quickRunGivesEveryFigureAsTableJsonAndPlots() throws Exception {
        Path json = directory.resolve("bench.json");

        assertThat(
                        run(
                                "video",
                                "--quick",
                                "--cameras=20,80",
                                "--frames=6000",
                                "--rate=160",
                                "--seconds=8",
                                "--without-models",
                                "--plots=" + directory,
                                "--json=" + json))
                .as(err.toString())
                .isZero();

        assertThat(out.toString())
                .contains("THROUGHPUT", "STATE", "LATENCY")
                .contains("20 cameras, 6,000 frames", "80 cameras, 6,000 frames")
                .contains("a pass-through", "b video-analytics", "c without models")
                .contains("b/a", "b/c", "objects a second")
                .containsPattern("80 cameras: savepoint +[0-9.]+ MiB, +[1-9][0-9.]* KiB a camera")
                .containsPattern("frame to alert +[1-9][0-9]* +0 ")
                .containsPattern("checkpoints, steady feed: [0-9]+, median [0-9,]+ ms");
        JsonNode figures = new ObjectMapper().readTree(Files.readAllBytes(json));
        // Processor time is counted in hundredths: so short a lap may take none.
        assertThat(figures.at("/cpuGrowth").asDouble()).isNotNegative();
        assertThat(figures.at("/cpuGrowthWithoutModels").asDouble()).isNotNegative();
        assertThat(figures.at("/frameToAlertMs/count").asLong()).isPositive();
        assertThat(figures.at("/sizes")).hasSize(2);
        for (JsonNode size : figures.at("/sizes")) {
            assertThat(size.at("/laps")).hasSize(3);
            assertThat(size.at("/modelsByCpu").asDouble()).isNotNegative();
            assertThat(size.at("/jobToPassThrough").asDouble()).isPositive();
            assertThat(size.at("/largestCameraBytes").asLong()).isPositive();
        }
        for (String plot : List.of("throughput-by-cameras", "cost-by-cameras")) {
            assertThat(directory.resolve(plot + ".svg")).content().startsWith("<svg");
        }
    }

    private int run(String... arguments) {
        return new CommandLine(new BenchCommand())
                .setOut(new PrintWriter(out, true))
                .setErr(new PrintWriter(err, true))
                .execute(arguments);
    }
}
