package io.atalaya.lab.platform;

import io.atalaya.flink.job.JobDefinition;
import io.atalaya.flink.kafka.KafkaOptions;
import io.atalaya.flink.options.InvalidSettingsException;

import org.apache.flink.configuration.Configuration;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * Selects and validates each job's options among the {@code -D} settings of a command, before the
 * command starts anything.
 */
public final class JobOverrides {
    private static final String SET_BY_COMMAND = "the command sets it itself";

    /**
     * Reserved for the command, with the reason: the job uses the command's own broker, from the
     * start of its input. A transaction ends with a marker, which has an offset but is no record,
     * so that a command would wait for ever until the next job has read it.
     */
    private static final Map<String, String> OF_THE_COMMAND =
            Map.of(
                    KafkaOptions.BOOTSTRAP_SERVERS.key(),
                    SET_BY_COMMAND,
                    KafkaOptions.groupId("").key(),
                    SET_BY_COMMAND,
                    KafkaOptions.READS_START.key(),
                    SET_BY_COMMAND,
                    KafkaOptions.GUARANTEE.key(),
                    "always AT_LEAST_ONCE here, for jobs on a cluster only");

    private JobOverrides() {}

    /** The faults of the settings, each with its key; empty if all are valid. */
    public static List<String> faults(Map<String, String> settings) {
        List<String> faults = new ArrayList<>();
        for (String key : settings.keySet()) {
            if (OF_THE_COMMAND.containsKey(key)) {
                faults.add("-D " + key + ": " + OF_THE_COMMAND.get(key) + ", expected another key");
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
                    if (isOption(key, job) && !OF_THE_COMMAND.containsKey(key)) {
                        own.setString(key, value);
                    }
                });
        return own;
    }

    private static boolean isOption(String key, JobDefinition<?> job) {
        return job.options().stream().anyMatch(option -> option.key().equals(key));
    }
}
