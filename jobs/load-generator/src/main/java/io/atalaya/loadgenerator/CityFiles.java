package io.atalaya.loadgenerator;

import io.atalaya.kafka.TopicRecord;
import io.atalaya.kafka.TopicRecordJson;

import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.zip.GZIPOutputStream;

/**
 * Writes a city as a recording: one {@code <topic>.jsonl.gz} a topic with a line {@code
 * {"timestamp": arrival in epoch ms, "key": Kafka key, "value": message or null}} a record, in
 * order of arrival, and {@code truth.json}.
 */
public final class CityFiles {
    private CityFiles() {}

    /**
     * Takes all of the city's records and writes them into {@code directory}, which is made if it
     * is missing.
     *
     * @return how many records were written
     */
    public static long write(City city, Path directory) throws IOException {
        Files.createDirectories(directory);
        Map<String, OutputStream> files = new HashMap<>();
        long records = 0;
        try {
            while (city.hasNext()) {
                TopicRecord record = city.next();
                OutputStream file = files.get(record.topic());
                if (file == null) {
                    file = open(directory.resolve(record.topic() + ".jsonl.gz"));
                    files.put(record.topic(), file);
                }
                file.write(TopicRecordJson.write(record));
                file.write('\n');
                records++;
            }
        } finally {
            for (OutputStream file : files.values()) {
                file.close();
            }
        }
        Files.write(directory.resolve("truth.json"), TruthJson.write(city.truth()));
        return records;
    }

    private static OutputStream open(Path file) throws IOException {
        return new BufferedOutputStream(new GZIPOutputStream(Files.newOutputStream(file)), 1 << 16);
    }
}
