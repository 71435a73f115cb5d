package io.atalaya.lab.platform;

import io.atalaya.flink.kafka.KafkaOptions;
import io.atalaya.flink.options.InvalidSettingsException;

import org.apache.flink.configuration.ConfigOption;
import org.apache.flink.configuration.Configuration;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;

/**
 * The settings of one job among those that a person gives a command with {@code -D}, checked before
 * the command starts anything.
 *
 * @param options that the job has
 * @param validator throws {@link InvalidSettingsException} with every fault
 */
public record JobOverrides(List<ConfigOption<?>> options, Consumer<Configuration> validator) {
    /** A job of the command's own broker, started on what the command feeds it. */
    private static final Set<String> OF_THE_COMMAND =
            Set.of(
                    KafkaOptions.BOOTSTRAP_SERVERS.key(),
                    KafkaOptions.groupId("").key(),
                    KafkaOptions.READS_START.key());

    /** What is wrong with the settings, every fault with its key; empty if nothing is. */
    public static List<String> faults(Map<String, String> settings, Collection<JobOverrides> jobs) {
        List<String> faults = new ArrayList<>();
        for (String key : settings.keySet()) {
            if (OF_THE_COMMAND.contains(key)) {
                faults.add("-D " + key + ": the command sets it itself, expected another key");
            } else if (jobs.stream().noneMatch(job -> job.knows(key))) {
                faults.add("-D " + key + ": unknown key, expected one of the job's OPTIONS.md");
            }
        }
        for (JobOverrides job : jobs) {
            try {
                job.validator.accept(job.of(settings));
            } catch (InvalidSettingsException e) {
                e.faults().stream()
                        .map(fault -> "-D " + fault)
                        .filter(fault -> !faults.contains(fault))
                        .forEach(faults::add);
            }
        }
        return faults;
    }

    /** Those of the settings that the job has and the command does not set. */
    public Configuration of(Map<String, String> settings) {
        Configuration own = new Configuration();
        settings.forEach(
                (key, value) -> {
                    if (knows(key) && !OF_THE_COMMAND.contains(key)) {
                        own.setString(key, value);
                    }
                });
        return own;
    }

    private boolean knows(String key) {
        return options.stream().anyMatch(option -> option.key().equals(key));
    }
}
