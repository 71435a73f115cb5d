package io.atalaya.bench.dispatch;

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
class DispatchBenchKafkaIT {
    @TempDir private Path directory;

    private final StringWriter out = new StringWriter();
    private final StringWriter err = new StringWriter();

    @Test
    void quickRunGivesEveryFigureAsTableAndJson() throws Exception {
        Path json = directory.resolve("bench.json");

        assertThat(
                        run(
                                "dispatch",
                                "--quick",
                                "--areas=STATE,ONE_POINT",
                                "--events=200",
                                "--buttons=600",
                                "--seconds=1",
                                "--json=" + json))
                .as(err.toString())
                .isZero();

        assertThat(out.toString())
                .contains("ENGINE alone", "HEARTBEATS of 600 buttons", "LATENCY")
                .contains("a pass-through", "b dispatch", "b/a")
                .contains("over the state, 200 in 1 s", "at one point, 200 in 1 s")
                .containsPattern("storm over the state, kidnappings +20 +0 ")
                .containsPattern("storm at one point, kidnappings +20 +0 ")
                .containsPattern("20 events/s for 1 s +4 +0 ");
        JsonNode figures = new ObjectMapper().readTree(Files.readAllBytes(json));
        assertThat(figures.at("/engine")).hasSize(4);
        for (JsonNode engine : figures.at("/engine")) {
            assertThat(engine.at("/eventsPerSecond/median").asDouble()).isPositive();
            assertThat(engine.at("/incidents").asLong()).isPositive();
        }
        assertThat(figures.at("/heartbeats/laps")).hasSize(2);
        assertThat(figures.at("/live/heartbeats/records").asLong()).isEqualTo(10);
        assertThat(figures.at("/live/storms")).hasSize(2);
        for (JsonNode storm : figures.at("/live/storms")) {
            assertThat(storm.at("/throughMillis").asLong()).isPositive();
        }
    }

    private int run(String... arguments) {
        return new CommandLine(new BenchCommand())
                .setOut(new PrintWriter(out, true))
                .setErr(new PrintWriter(err, true))
                .execute(arguments);
    }
}
