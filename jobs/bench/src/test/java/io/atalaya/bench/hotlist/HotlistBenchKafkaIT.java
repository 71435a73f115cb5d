package io.atalaya.bench.hotlist;

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
class HotlistBenchKafkaIT {
    @TempDir private Path directory;

    private final StringWriter out = new StringWriter();
    private final StringWriter err = new StringWriter();

    @Test
    void quickRunGivesEveryFigureAsTableJsonAndPlots() throws Exception {
        Path json = directory.resolve("bench.json");

        assertThat(
                        run(
                                "hotlist",
                                "--quick",
                                "--entries=1000,3000",
                                "--reads=3000",
                                "--rate=200,100",
                                "--seconds=3",
                                "--plots=" + directory,
                                "--json=" + json))
                .as(err.toString())
                .isZero();

        assertThat(out.toString())
                .startsWith("--quick: shows that everything runs")
                .contains("THROUGHPUT", "LATENCY", "STATE")
                .contains("pass-through", "flink-sql-join", "kafka-streams-in-memory")
                .contains("kafka-streams-default-store", "kafka-streams-with-past")
                .contains("3,000 entries, matching alone", "3,000 entries, and tags: everything")
                .contains("hotlist-match / flink-sql-join:")
                .doesNotContain("WHAT EACH FUNCTION COSTS", "EXTRAPOLATED")
                .contains("read to alert", "list change to effect", "p99.9");

        JsonNode figures = new ObjectMapper().readTree(Files.readAllBytes(json));
        assertThat(figures.at("/machine/cores").asInt()).isPositive();
        assertThat(figures.at("/throughput").findValuesAsText("contest"))
                .containsExactly("MATCHING", "PAST", "CLONES", "CONVOYS", "EVERYTHING");
        for (JsonNode race : figures.at("/throughput")) {
            assertThat(race.at("/records").asLong()).isGreaterThan(2_000);
            for (JsonNode lap : race.at("/laps")) {
                assertThat(lap.at("/recordsPerSecond").asDouble()).isPositive();
                // Counted in hundredths: so short a lap may take none.
                assertThat(lap.at("/cpuSeconds").asDouble()).isNotNegative();
            }
        }
        assertThat(figures.at("/throughput/0/jobTo"))
                .as("a pass-through and two stores of Kafka Streams")
                .hasSize(3);
        assertThat(figures.at("/throughput/1/jobTo").fieldNames())
                .toIterable()
                .containsExactly("flink-sql-join", "kafka-streams-with-past");
        // So short a lap may end before the threads are looked at again.
        assertThat(figures.findValues("jobCpuByThreads"))
                .anySatisfy(threads -> assertThat(threads).isNotEmpty());
        assertThat(figures.at("/functionCosts")).hasSize(5);
        assertThat(figures.at("/throughput/4/records").asLong())
                .as("tags come on top of the reads")
                .isGreaterThan(figures.at("/throughput/0/records").asLong());
        // On a machine that stands still for seconds no rate follows the first.
        assertThat(figures.at("/latency").findValuesAsText("readsPerSecond"))
                .isSubsetOf("100.0", "200.0")
                .startsWith("100.0");
        for (String delays :
                List.of(
                        "readToAlertMs",
                        "addedCarSeenBeforeMs",
                        "addedCarPassesNowMs",
                        "removedToEndedMs")) {
            JsonNode found = figures.at("/latency/0/" + delays);
            assertThat(found.at("/count").asLong()).as(delays).isPositive();
            assertThat(found.at("/missing").asLong()).as(delays).isZero();
            assertThat(found.at("/p99").asDouble()).as(delays).isPositive();
        }
        for (JsonNode size : figures.at("/state")) {
            assertThat(size.at("/stateBytesPerEntry").asDouble()).isPositive();
            assertThat(size.at("/stateBytesPerRecord").asDouble()).isPositive();
            assertThat(size.at("/list/checkpointBytes").asLong()).isPositive();
            assertThat(size.at("/after/heapBytes").asLong()).isPositive();
            assertThat(size.at("/checkpoints/millis/median").asDouble()).isPositive();
            assertThat(size.at("/checkpoints/steps").findValuesAsText("name"))
                    .anyMatch(step -> step.contains("read history"));
        }
        assertThat(figures.at("/extrapolated/totalBytes").asLong()).isPositive();
        for (String plot :
                List.of("throughput-by-entries", "cost-by-entries", "latency-by-reads")) {
            assertThat(directory.resolve(plot + ".svg")).content().startsWith("<svg");
        }
    }

    @Test
    void rejectsAllInvalidOptionsBeforeStart() {
        assertThat(run("hotlist", "--entries=5000,1000", "--reads=1", "--runs=0", "--rate=1"))
                .isEqualTo(2);
        assertThat(err.toString())
                .contains("--entries: got [5000, 1000], expected rising numbers")
                .contains("--reads: got 1, expected 1,000 to 3,000,000")
                .contains("--runs: got 0, expected 1 to 99")
                .contains("--rate: got 1.0, expected 10 to 19,000");
    }

    private int run(String... arguments) {
        CommandLine line = new CommandLine(new BenchCommand());
        line.setOut(new PrintWriter(out));
        line.setErr(new PrintWriter(err));
        return line.execute(arguments);
    }
}
