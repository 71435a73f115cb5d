package io.atalaya.bench.inference;

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

import static org.assertj.core.api.Assertions.assertThat;

/** Whether a run gives every figure; how good they are is for a quiet machine. */
class InferenceBenchTest {
    @TempDir private Path directory;

    private final StringWriter out = new StringWriter();
    private final StringWriter err = new StringWriter();

    @Test
    void quickRunGivesEveryFigureAsTableAndJson() throws Exception {
        Path json = directory.resolve("bench.json");

        assertThat(run("inference", "--quick", "--seconds=1", "--json=" + json))
                .as(err.toString())
                .isZero();

        assertThat(out.toString())
                .startsWith("--quick: shows that everything runs")
                .contains("SPEED of trajectory", "SPEED of scene-activity", "DELAY", "MEMORY")
                .containsPattern("16 DJL micro-batches +[0-9]+\\.[0-9]{2} \\(")
                .containsPattern("scene-activity +process [0-9,]+ MiB, after 2,000 runs");
        JsonNode figures = new ObjectMapper().readTree(Files.readAllBytes(json));
        // Of both models: record by record, and two sizes in two ways.
        assertThat(figures.at("/laps")).hasSize(2 * 5);
        assertThat(figures.at("/delays")).hasSize(2 * 2);
        assertThat(figures.at("/delays/1/millis/count").asLong()).isPositive();
        assertThat(figures.at("/memory/0/samples/0/residentBytes").asLong()).isPositive();
        for (JsonNode model : figures.at("/models")) {
            assertThat(model.at("/batches/1/djlToRawByCpu").asDouble()).isPositive();
            assertThat(model.at("/batches/1/recordByRecordToDjlByCpu").asDouble())
                    .as("sixteen at once cost less than one by one")
                    .isGreaterThan(1);
        }
    }

    @Test
    void rejectsAllInvalidArgumentsTogether() {
        assertThat(run("inference", "--batches=8,8", "--inferences=1", "--linger=-1", "--runs=0"))
                .isEqualTo(2);
        assertThat(err.toString())
                .contains(
                        "--batches: got [8, 8]",
                        "--inferences: got",
                        "--linger: got",
                        "--runs: got");
    }

    private int run(String... arguments) {
        return new CommandLine(new BenchCommand())
                .setOut(new PrintWriter(out, true))
                .setErr(new PrintWriter(err, true))
                .execute(arguments);
    }
}
