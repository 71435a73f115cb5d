package io.atalaya.hotlistmatch;

import io.atalaya.contracts.topic.TopicRecord;
import io.atalaya.contracts.topic.TopicRecordCodec;
import io.atalaya.simulator.truth.GroundTruth;

import java.io.BufferedReader;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.zip.GZIPInputStream;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

/** A recorded hour of a city with its ground truth, if available. */
public final class Recording {
    private static final Path DIRECTORY = Path.of("../../../shared/data/sumo");

    private Recording() {}

    /** Skips the test if there is no recording. */
    public static void require() {
        assumeTrue(
                Files.isReadable(DIRECTORY.resolve("truth.json")),
                () -> "no recording at " + DIRECTORY.toAbsolutePath());
    }

    public static GroundTruth truth() throws Exception {
        return GroundTruth.CODEC.read(Files.readAllBytes(DIRECTORY.resolve("truth.json")));
    }

    /** A topic's records, in order of arrival. */
    public static List<TopicRecord> of(String topic) throws Exception {
        List<TopicRecord> records = new ArrayList<>();
        try (BufferedReader lines =
                new BufferedReader(
                        new InputStreamReader(
                                new GZIPInputStream(
                                        Files.newInputStream(
                                                DIRECTORY.resolve(topic + ".jsonl.gz"))),
                                StandardCharsets.UTF_8))) {
            for (String line : lines.lines().toList()) {
                records.add(TopicRecordCodec.read(topic, line.getBytes(StandardCharsets.UTF_8)));
            }
        }
        return records;
    }
}
