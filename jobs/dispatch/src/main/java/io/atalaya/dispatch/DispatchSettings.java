package io.atalaya.dispatch;

import io.atalaya.dispatch.jws.JwsKey;
import io.atalaya.dispatch.policy.PolicyReader;
import io.atalaya.flink.bulkhead.BulkheadSettings;
import io.atalaya.flink.job.JobSettings;
import io.atalaya.flink.kafka.KafkaSettings;
import io.atalaya.flink.options.SettingsReader;

import org.apache.flink.configuration.Configuration;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;

/**
 * The job's settings, validated as a whole.
 *
 * @param policy contents of the policy's files, by their names; they are read where the job is
 *     submitted, so that the cluster needs no such directory
 * @param keyFile path of the file with the key for the exchange, or empty
 */
public record DispatchSettings(
        KafkaSettings kafka,
        BulkheadSettings bulkhead,
        Map<String, String> policy,
        Duration maxBehind,
        boolean clockRunsWhenIdle,
        String keyFile)
        implements JobSettings {

    /** System property with the installation's directory; the scripts set it. */
    private static final String HOME_PROPERTY = "atalaya.home";

    /**
     * Reads and validates all options.
     *
     * @throws io.atalaya.flink.options.InvalidSettingsException with every fault
     */
    public static DispatchSettings from(Configuration configuration) {
        SettingsReader reader = new SettingsReader(configuration);
        reader.rejectUnknown(DispatchOptions.ALL);
        Map<String, String> policy = policy(reader);
        DispatchSettings settings =
                new DispatchSettings(
                        KafkaSettings.from(reader, DispatchJob.NAME),
                        BulkheadSettings.from(reader),
                        policy,
                        reader.between(DispatchOptions.MAX_BEHIND, "1 s", "400 d"),
                        reader.read(DispatchOptions.CLOCK_WHEN_IDLE, any -> true, "RUNS or STANDS")
                                == DispatchOptions.Idleness.RUNS,
                        keyFile(reader, policy));
        reader.throwIfFaulty();
        return settings;
    }

    /** A faulty policy is a fault of the settings, so that it is found before the start. */
    private static Map<String, String> policy(SettingsReader reader) {
        String key = DispatchOptions.POLICY_DIRECTORY.key();
        String directory =
                reader.read(DispatchOptions.POLICY_DIRECTORY, any -> true, "a directory");
        Map<String, String> files = Map.of();
        try {
            files = files(directory);
            PolicyReader.read(files);
        } catch (IOException e) {
            reader.fault(key, directory, "a directory with readable files (" + e + ")");
        } catch (PolicyReader.InvalidPolicyException e) {
            e.faults().forEach(fault -> reader.fault(key + ": " + fault));
        }
        return files;
    }

    /** The path of a key that can be used, or empty if nothing is shared. */
    private static String keyFile(SettingsReader reader, Map<String, String> policy) {
        String key = DispatchOptions.KEY_FILE.key();
        String file = reader.read(DispatchOptions.KEY_FILE, any -> true, "a file");
        try {
            if (!file.isEmpty()) {
                JwsKey.privateKey(Path.of(file));
            } else if (PolicyReader.read(policy).exchange().isSharing()) {
                reader.fault(key, null, "a file, because exchange.yaml shares incidents");
            }
        } catch (IOException e) {
            reader.fault(key + ": " + e.getMessage());
        } catch (PolicyReader.InvalidPolicyException e) {
            // Its faults are reported already.
            return file;
        }
        return file;
    }

    private static Map<String, String> files(String directory) throws IOException {
        if (!directory.isEmpty()) {
            return PolicyReader.files(Path.of(directory));
        }
        String home = System.getProperty(HOME_PROPERTY);
        return home == null
                ? PolicyReader.shippedFiles()
                : PolicyReader.files(Path.of(home, "policy"));
    }

    /** Shortest silence from which a conclusion is drawn: that of a site. */
    Duration minSilence() {
        try {
            return PolicyReader.read(policy).routing().failOver().downAfter();
        } catch (PolicyReader.InvalidPolicyException e) {
            throw new IllegalStateException("a policy that was valid", e);
        }
    }
}
