package io.atalaya.lab.platform;

import io.atalaya.flink.job.JobDefinition;
import io.atalaya.flink.kafka.KafkaOptions;
import io.atalaya.flink.options.InvalidSettingsException;

import org.apache.flink.configuration.Configuration;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Selects and validates each job's options among the {@code -D} settings of a command, before the
 * command starts anything.
 */
public final class JobOverrides {
    /**
     * Reserved for the command: the job uses the command's own broker, from the start of its input.
     */
    private static final Set<String> OF_THE_COMMAND =
            Set.of(
                    KafkaOptions.BOOTSTRAP_SERVERS.key(),
                    KafkaOptions.groupId("").key(),
                    KafkaOptions.READS_START.key());

    private JobOverrides() {}

    /** The faults of the settings, each with its key; empty if all are valid. */
    public static List<String> faults(Map<String, String> settings) {
        List<String> faults = new ArrayList<>();
        for (String key : settings.keySet()) {
            if (OF_THE_COMMAND.contains(key)) {
                faults.add("-D " + key + ": the command sets it itself, expected another key");
            } else if (JobDefinition.all().stream().noneMatch(job -> isOption(key, job))) {
                faults.add("-D " + key + ": unknown key, expected one of the job's OPTIONS.md");
            }
        }
        for (JobDefinition<?> job : JobDefinition.all()) {
            try {
                job.settings(of(job, settings));
            } catch (InvalidSettingsException e) {
                e.faults().stream()
                        .map(fault -> "-D " + fault)
                        .filter(fault -> !faults.contains(fault))
                        .forEach(faults::add);
            }
        }
        return faults;
    }

    /** The settings that are options of the job, without those reserved for the command. */
    public static Configuration of(JobDefinition<?> job, Map<String, String> settings) {
        Configuration own = new Configuration();
        settings.forEach(
                (key, value) -> {
                    if (isOption(key, job) && !OF_THE_COMMAND.contains(key)) {
                        own.setString(key, value);
                    }
                });
        return own;
    }

    private static boolean isOption(String key, JobDefinition<?> job) {
        return job.options().stream().anyMatch(option -> option.key().equals(key));
    }
}
