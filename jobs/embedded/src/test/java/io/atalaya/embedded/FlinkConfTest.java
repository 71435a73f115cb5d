package io.atalaya.embedded;

import org.apache.flink.configuration.CheckpointingOptions;
import org.apache.flink.configuration.ConfigOption;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.configuration.CoreOptions;
import org.apache.flink.configuration.ExecutionOptions;
import org.apache.flink.configuration.HeartbeatManagerOptions;
import org.apache.flink.configuration.HighAvailabilityOptions;
import org.apache.flink.configuration.JobManagerOptions;
import org.apache.flink.configuration.PipelineOptions;
import org.apache.flink.configuration.ResourceManagerOptions;
import org.apache.flink.configuration.RestOptions;
import org.apache.flink.configuration.RestartStrategyOptions;
import org.apache.flink.configuration.RpcOptions;
import org.apache.flink.configuration.StateBackendOptions;
import org.apache.flink.configuration.StateRecoveryOptions;
import org.apache.flink.configuration.TaskManagerOptions;
import org.apache.flink.configuration.WebOptions;
import org.apache.flink.state.rocksdb.RocksDBConfigurableOptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import java.lang.reflect.Field;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

/** Checks every key of config.yaml, because Flink ignores unknown ones silently. */
class FlinkConfTest {
    private static final List<Class<?>> OPTION_CLASSES =
            List.of(
                    CheckpointingOptions.class,
                    CoreOptions.class,
                    ExecutionOptions.class,
                    HeartbeatManagerOptions.class,
                    HighAvailabilityOptions.class,
                    JobManagerOptions.class,
                    PipelineOptions.class,
                    ResourceManagerOptions.class,
                    RestOptions.class,
                    WebOptions.class,
                    RestartStrategyOptions.class,
                    RocksDBConfigurableOptions.class,
                    RpcOptions.class,
                    StateBackendOptions.class,
                    StateRecoveryOptions.class,
                    TaskManagerOptions.class);

    /** Reporter keys contain a free name and are known to the reporter only. */
    private static final Pattern REPORTER =
            Pattern.compile("metrics\\.reporter\\.\\w+\\.(factory\\.class|port)");

    @ParameterizedTest
    @ValueSource(strings = {"local", "production"})
    void everyKeyIsAFlinkOptionWithANonDefaultValue(String profile) throws Exception {
        Configuration conf = FlinkConf.profile(profile);
        Map<String, String> left = conf.toMap();
        for (ConfigOption<?> option : knownOptions()) {
            if (left.remove(option.key()) != null) {
                assertThat((Object) conf.get(option))
                        .as(option.key())
                        .isNotEqualTo(option.defaultValue());
            }
        }
        left.keySet().removeIf(REPORTER.asMatchPredicate());
        assertThat(left).isEmpty();
    }

    @Test
    void detectsAMisspeltKey() throws Exception {
        Set<String> known = new HashSet<>();
        knownOptions().forEach(option -> known.add(option.key()));
        assertThat(known)
                .contains("execution.checkpointing.interval")
                .doesNotContain("execution.checkpoint.interval");
    }

    @Test
    void profilesAgreeOnOptionsThatAffectResults() {
        Set<String> keys = new TreeSet<>();
        Map<String, String> local = FlinkConf.local().toMap();
        Map<String, String> production = FlinkConf.profile("production").toMap();
        for (String key : local.keySet()) {
            if (key.startsWith("pipeline.") || key.startsWith("state.")) {
                keys.add(key);
                assertThat(production).as(key).containsEntry(key, local.get(key));
            }
        }
        assertThat(keys).hasSizeGreaterThanOrEqualTo(4);
    }

    /** Of a killed process: its address refuses heartbeats. A machine that is gone says nothing. */
    @Test
    void productionRestartsWithin20SecondsOfAKilledTaskManager() {
        Configuration production = FlinkConf.profile("production");
        Duration noticed =
                production
                        .get(HeartbeatManagerOptions.HEARTBEAT_INTERVAL)
                        .multipliedBy(
                                1
                                        + production.get(
                                                HeartbeatManagerOptions
                                                        .HEARTBEAT_RPC_FAILURE_THRESHOLD));
        Duration firstWait =
                production.get(
                        RestartStrategyOptions.RESTART_STRATEGY_EXPONENTIAL_DELAY_INITIAL_BACKOFF);
        Duration longestWait =
                production.get(
                        RestartStrategyOptions.RESTART_STRATEGY_EXPONENTIAL_DELAY_MAX_BACKOFF);
        assertThat(noticed.plus(firstWait)).isLessThanOrEqualTo(Duration.ofSeconds(4));
        // After repeated failures as well, the remaining time must suffice for a restore.
        assertThat(noticed.plus(longestWait)).isLessThanOrEqualTo(Duration.ofSeconds(8));
    }

    @Test
    void productionGivesAnOverloadedMachineTimeToAnswer() {
        Configuration production = FlinkConf.profile("production");
        assertThat(production.get(HeartbeatManagerOptions.HEARTBEAT_TIMEOUT))
                .isGreaterThanOrEqualTo(Duration.ofSeconds(50));
        assertThat(production.get(RpcOptions.ASK_TIMEOUT_DURATION))
                .isGreaterThanOrEqualTo(Duration.ofSeconds(50));
    }

    @Test
    void rejectsAnUnknownProfile() {
        assertThatThrownBy(() -> FlinkConf.profile("lcoal"))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("no flink-conf/lcoal/config.yaml in ")
                .hasMessageContaining("-Datalaya.flink-conf=");
    }

    private static Set<ConfigOption<?>> knownOptions() throws IllegalAccessException {
        Set<ConfigOption<?>> options = new HashSet<>();
        for (Class<?> type : OPTION_CLASSES) {
            for (Field field : type.getFields()) {
                if (ConfigOption.class.isAssignableFrom(field.getType())) {
                    options.add((ConfigOption<?>) field.get(null));
                }
            }
        }
        return options;
    }
}
