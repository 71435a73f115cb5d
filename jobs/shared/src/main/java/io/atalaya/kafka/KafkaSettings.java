package io.atalaya.kafka;

import io.atalaya.options.SettingsReader;

import java.io.IOException;
import java.io.Reader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Properties;

/**
 * How a job reaches Kafka.
 *
 * @param clientProperties further client settings; may hold secrets, so it is never printed
 */
public record KafkaSettings(
        String bootstrapServers,
        String groupId,
        KafkaOptions.StartFrom readsStart,
        KafkaOptions.Guarantee guarantee,
        Properties clientProperties) {

    /**
     * Reads the settings; faults go to the reader.
     *
     * @param job whose name is the group's where none is set
     */
    public static KafkaSettings from(SettingsReader reader, String job) {
        return new KafkaSettings(
                reader.read(
                        KafkaOptions.BOOTSTRAP_SERVERS,
                        servers -> servers.matches("[^\\s,]+:\\d+(,[^\\s,]+:\\d+)*"),
                        "host:port, separated by commas"),
                reader.read(
                        KafkaOptions.groupId(job),
                        group -> !group.isBlank(),
                        "a name that is not blank"),
                reader.read(
                        KafkaOptions.READS_START, start -> true, "COMMITTED, EARLIEST or LATEST"),
                reader.read(
                        KafkaOptions.GUARANTEE, guarantee -> true, "AT_LEAST_ONCE or EXACTLY_ONCE"),
                reader.parse(
                        KafkaOptions.PROPERTIES_FILE,
                        KafkaSettings::load,
                        "a readable properties file"));
    }

    private static Properties load(String file) {
        Properties properties = new Properties();
        if (!file.isBlank()) {
            try (Reader in = Files.newBufferedReader(Path.of(file))) {
                properties.load(in);
            } catch (IOException e) {
                throw new IllegalArgumentException(e.getClass().getSimpleName(), e);
            }
        }
        return properties;
    }

    @Override
    public String toString() {
        return "KafkaSettings["
                + bootstrapServers
                + ", group "
                + groupId
                + ", "
                + readsStart
                + ", "
                + guarantee
                + "]";
    }
}
