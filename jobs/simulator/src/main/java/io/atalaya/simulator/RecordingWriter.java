package io.atalaya.simulator;

import io.atalaya.contracts.topic.TopicRecord;
import io.atalaya.contracts.topic.TopicRecordCodec;
import io.atalaya.simulator.truth.GroundTruth;

import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.zip.GZIPOutputStream;

/**
 * Writes records as a recording: one {@code <topic>.jsonl.gz} per topic with a line {@code
 * {"timestamp": arrival in epoch ms, "key": Kafka key, "value": message or null}} per record, and
 * {@code truth.json}. Records of one topic must be in order of arrival.
 */
public final class RecordingWriter implements AutoCloseable {
    private final Path directory;
    private final Map<String, OutputStream> files = new HashMap<>();
    private long records;

    /** Creates the directory if it is missing. */
    public RecordingWriter(Path directory) throws IOException {
        this.directory = directory;
        Files.createDirectories(directory);
    }

    /**
     * Takes all of a city's records and writes them into {@code directory}.
     *
     * @return number of records written
     */
    public static long write(City city, Path directory) throws IOException {
        try (RecordingWriter recording = new RecordingWriter(directory)) {
            while (city.hasNext()) {
                recording.write(city.next());
            }
            recording.write(city.truth());
            return recording.records;
        }
    }

    /** Writes the next record of its topic. */
    public void write(TopicRecord record) throws IOException {
        OutputStream file = files.get(record.topic());
        if (file == null) {
            Path path = directory.resolve(record.topic() + ".jsonl.gz");
            file =
                    new BufferedOutputStream(
                            new GZIPOutputStream(Files.newOutputStream(path)), 1 << 16);
            files.put(record.topic(), file);
        }
        file.write(TopicRecordCodec.write(record));
        file.write('\n');
        records++;
    }

    /** Writes the ground truth. */
    public void write(GroundTruth truth) throws IOException {
        Files.write(directory.resolve("truth.json"), GroundTruth.CODEC.write(truth));
    }

    @Override
    public void close() throws IOException {
        for (OutputStream file : files.values()) {
            file.close();
        }
    }
}
