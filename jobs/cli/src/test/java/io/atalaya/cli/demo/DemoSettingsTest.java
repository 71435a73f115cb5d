package io.atalaya.cli.demo;

import org.apache.flink.configuration.Configuration;
import org.junit.jupiter.api.Test;

import java.util.Map;

import static org.assertj.core.api.Assertions.assertThat;

class DemoSettingsTest {
    @Test
    void overrides_under_the_jobs_prefixes_are_the_jobs_also_if_misspelt() {
        Map<String, String> overrides =
                Map.of(
                        "decide.cool-down", "1 min",
                        "decide.cooldown", "1 min",
                        "state.backend.type", "hashmap",
                        "parallelism", "2");
        DemoSettings settings =
                new DemoSettings(
                        1, 1, 1, Language.EN, 0, 0, 1, 1, Configuration.fromMap(overrides));

        assertThat(settings.jobOverrides().toMap())
                .containsOnlyKeys("decide.cool-down", "decide.cooldown");
    }
}
