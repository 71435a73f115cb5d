package io.atalaya.ops.cluster;

import org.junit.jupiter.api.Test;

import java.io.BufferedReader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Properties;

import static org.assertj.core.api.Assertions.assertThat;

/** The log configuration that docs/logs.md describes. */
class LogLevelsTest {
    @Test
    void theJobsHaveALevelThatCanBeChangedWhileTheyRun() throws Exception {
        Properties log = new Properties();
        try (BufferedReader file =
                Files.newBufferedReader(Path.of("../../flink-conf/log4j.properties"))) {
            log.load(file);
        }

        assertThat(log)
                .containsEntry("logger.atalaya.name", "io.atalaya")
                .containsEntry("logger.atalaya.level", "INFO")
                .containsEntry("monitorInterval", "30");
    }
}
