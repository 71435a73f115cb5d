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
 * Selects and validates one job's settings among the {@code -D} settings of a command, before the
 * command starts anything.
 *
 * @param options options of the job
 * @param validator throws {@link InvalidSettingsException} with all faults
 */
public record JobOverrides(List<ConfigOption<?>> options, Consumer<Configuration> validator) {
    /**
     * Reserved for the command: the job uses the command's own broker, from the start of its input.
     */
    private static final Set<String> OF_THE_COMMAND =
            Set.of(
                    KafkaOptions.BOOTSTRAP_SERVERS.key(),
                    KafkaOptions.groupId("").key(),
                    KafkaOptions.READS_START.key());

    /** The faults of the settings, each with its key; empty if all are valid. */
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

    /** The settings that belong to this job, without those reserved for the command. */
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
