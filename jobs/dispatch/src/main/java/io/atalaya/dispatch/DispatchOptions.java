package io.atalaya.dispatch;

import io.atalaya.flink.bulkhead.BulkheadSettings;
import io.atalaya.flink.kafka.KafkaOptions;

import org.apache.flink.configuration.ConfigOption;

import java.time.Duration;
import java.util.List;

import static org.apache.flink.configuration.ConfigOptions.key;

/** Every option of the job, in the order in which its documentation lists them. */
public final class DispatchOptions {
    public static final ConfigOption<String> POLICY_DIRECTORY =
            key("policy.directory")
                    .stringType()
                    .defaultValue("")
                    .withDescription(
                            "Directory of the policy, where the job is submitted. It is in force until topic `policy` "
                                    + "requests another one. A policy with any fault rejects the start. Without a directory "
                                    + "it is `policy` of the installation, beside `flink-conf`; without an installation, the "
                                    + "one that comes with the job.");

    public static final ConfigOption<Duration> MAX_BEHIND =
            key("events.max-behind")
                    .durationType()
                    .defaultValue(Duration.ofDays(7))
                    .withDescription(
                            "Device events and calls whose own time is further behind their arrival are rejected. "
                                    + "A lower value rejects what a link delivers after an outage.");

    public static final ConfigOption<Idleness> CLOCK_WHEN_IDLE =
            key("clock.when-idle")
                    .enumType(Idleness.class)
                    .defaultValue(Idleness.RUNS)
                    .withDescription(
                            "The clock of deadlines while no record of any topic arrives: `RUNS` by the wall clock, or "
                                    + "`STANDS`. A replay at full speed sets `STANDS`, because its pauses say nothing about "
                                    + "the recording. With it a live job escalates nothing in a silent night.");

    public static final ConfigOption<String> KEY_FILE =
            key("exchange.key-file")
                    .stringType()
                    .defaultValue("")
                    .withDescription(
                            "File with the private key that signs what other agencies learn, a JWK of curve P-256 "
                                    + "with `kid`. It is read on every machine of the cluster and where the job is "
                                    + "submitted, under the same path, at the start and with each policy. Required if "
                                    + "`exchange.yaml` shares anything; without it nothing is sent.");

    /** What a clock does while no record arrives. */
    public enum Idleness {
        RUNS,
        STANDS
    }

    /** All options, those of Kafka first. */
    public static final List<ConfigOption<?>> ALL =
            List.of(
                    KafkaOptions.BOOTSTRAP_SERVERS,
                    KafkaOptions.groupId(DispatchJob.NAME),
                    KafkaOptions.PROPERTIES_FILE,
                    KafkaOptions.READS_START,
                    KafkaOptions.READS_FETCH_WAIT,
                    KafkaOptions.GUARANTEE,
                    KafkaOptions.TRANSACTION_TIMEOUT,
                    BulkheadSettings.MAX_FAILED_RECORDS,
                    BulkheadSettings.MAX_PAUSED_KEYS,
                    POLICY_DIRECTORY,
                    MAX_BEHIND,
                    CLOCK_WHEN_IDLE,
                    KEY_FILE);

    private DispatchOptions() {}
}
