package io.atalaya.flink.kafka;

import io.atalaya.flink.options.SettingsReader;
import io.atalaya.kafka.ClientFile;

import org.apache.kafka.clients.CommonClientConfigs;

import java.time.Duration;
import java.util.Properties;
import java.util.Set;

/**
 * The settings of a job's Kafka clients.
 *
 * @param clientProperties references to the settings in the properties file, as {@link
 *     ClientFile#references()} creates them, because what is sent to a cluster must not hold
 *     secrets
 */
public record KafkaSettings(
        String bootstrapServers,
        String groupId,
        KafkaOptions.StartFrom readsStart,
        Duration readsFetchWait,
        KafkaOptions.Guarantee guarantee,
        Duration transactionTimeout,
        Properties clientProperties) {

    /**
     * Reads the settings and reports faults to the reader.
     *
     * @param job whose name is the default of the group
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
                reader.between(KafkaOptions.READS_FETCH_WAIT, "1 ms", "1 s"),
                reader.read(
                        KafkaOptions.GUARANTEE, guarantee -> true, "AT_LEAST_ONCE or EXACTLY_ONCE"),
                reader.between(KafkaOptions.TRANSACTION_TIMEOUT, "1 min", "7 d"),
                clientProperties(reader));
    }

    private static Properties clientProperties(SettingsReader reader) {
        ClientFile file =
                reader.parse(
                        KafkaOptions.PROPERTIES_FILE,
                        ClientFile::named,
                        "a readable properties file");
        // Sources and sinks set these themselves.
        file.faults(
                        Set.of(
                                CommonClientConfigs.BOOTSTRAP_SERVERS_CONFIG,
                                CommonClientConfigs.METRIC_REPORTER_CLASSES_CONFIG))
                .forEach(fault -> reader.fault(KafkaOptions.PROPERTIES_FILE.key() + ": " + fault));
        return file.references();
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
