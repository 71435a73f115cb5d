package io.atalaya.bench.kernel;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

import static org.assertj.core.api.Assertions.assertThat;

class KernelBenchTest {
    @TempDir private Path folder;

    @Test
    void runsJmhInAForkedJvm() throws Exception {
        Path json = folder.resolve("kernel.json");

        int exit =
                new CommandLine(new KernelBenchCommand())
                        .execute(
                                "--quick",
                                "--only",
                                "(Codec|Comparison)Bench",
                                "--json",
                                "" + json);

        assertThat(exit).isZero();
        List<String> measured = new ArrayList<>();
        for (JsonNode result : new ObjectMapper().readTree(json.toFile())) {
            assertThat(result.at("/primaryMetric/score").asDouble()).isPositive();
            measured.add(result.get("benchmark").asText().replaceAll(".*\\.(\\w+\\.)", "$1"));
        }
        assertThat(measured)
                .contains("CodecBench.readJson", "CodecBench.writeBinary")
                .anyMatch(name -> name.startsWith("ComparisonBench."));
    }
}
