package io.atalaya.simulator;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.zip.GZIPInputStream;

import static org.assertj.core.api.Assertions.assertThat;

class RecordingWriterTest {
    private static final ObjectMapper MAPPER = new ObjectMapper();

    @TempDir Path directory;

    @Test
    void recordingHasEveryRecordAndTheTruth() throws IOException {
        CityOptions options =
                CityOptions.defaults(2, 1_772_542_800_000L)
                        .withMinutes(3)
                        .withReadsPerSecond(20)
                        .withHotlistSize(50);
        long written = RecordingWriter.write(SampleCity.generate(options), directory);

        long lines = 0;
        long removals = 0;
        for (String topic : new String[] {"devices", "hotlist", "plate-reads", "rfid-reads"}) {
            long last = 0;
            try (BufferedReader in = open(directory.resolve(topic + ".jsonl.gz"))) {
                for (String line = in.readLine(); line != null; line = in.readLine()) {
                    JsonNode record = MAPPER.readTree(line);
                    assertThat(record.fieldNames())
                            .toIterable()
                            .containsExactly("timestamp", "key", "value");
                    assertThat(record.get("timestamp").asLong()).isGreaterThanOrEqualTo(last);
                    last = record.get("timestamp").asLong();
                    removals += record.get("value").isNull() ? 1 : 0;
                    lines++;
                }
            }
        }
        assertThat(lines).isEqualTo(written);
        assertThat(removals).isPositive();

        JsonNode truth = MAPPER.readTree(directory.resolve("truth.json").toFile());
        assertThat(truth.get("seed").asLong()).isEqualTo(2);
        assertThat(truth.get("wantedPassages").get(0).fieldNames())
                .toIterable()
                .startsWith(
                        "entryId",
                        "readId",
                        "time",
                        "deviceId",
                        "readClass",
                        "tag",
                        "retrospective",
                        "required");
        assertThat(truth.get("clones").get(0).get("reads").get(1).isArray()).isTrue();
        assertThat(truth.get("passages").size()).isGreaterThan(3_000);
    }

    private static BufferedReader open(Path file) throws IOException {
        return new BufferedReader(
                new InputStreamReader(
                        new GZIPInputStream(Files.newInputStream(file)), StandardCharsets.UTF_8));
    }
}
