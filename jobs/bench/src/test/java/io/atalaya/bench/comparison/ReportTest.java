package io.atalaya.bench.comparison;

import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.annotation.JsonUnwrapped;
import org.junit.jupiter.api.Test;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;

import static org.assertj.core.api.Assertions.assertThat;

class ReportTest {
    private record Toy(Double absent, double none, @JsonUnwrapped Comparison comparison)
            implements Report {
        @JsonProperty
        double ratio() {
            return comparison.ratio("a", "b");
        }

        @JsonProperty
        double ratioByCpu() {
            return comparison.cpuRatio("a", "b");
        }

        @Override
        public void print(Table table) {}
    }

    @Test
    void writesFiniteComponentsAndRatiosOnly() throws Exception {
        Lap a = new Lap("a", 0, 100, 4, 0, 0, Map.of());
        Lap b = new Lap("b", 0, 100, 2, 1, 0, Map.of());

        byte[] json = Report.json(new Toy(null, 0, new Comparison(List.of(a, b))));

        assertThat(new String(json, StandardCharsets.UTF_8))
                .startsWith("{\"none\":0.0,\"laps\":[{\"contender\":\"a\",\"round\":0,")
                .contains("\"recordsPerSecond\":25.0")
                .contains("\"ratio\":0.5")
                .doesNotContain("ratioByCpu", "absent");
    }
}
