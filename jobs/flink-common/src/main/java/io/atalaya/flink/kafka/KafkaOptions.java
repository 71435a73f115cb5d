package io.atalaya.flink.kafka;

import org.apache.flink.configuration.ConfigOption;

import java.time.Duration;

import static org.apache.flink.configuration.ConfigOptions.key;

/** The options of a job's Kafka clients. */
public final class KafkaOptions {
    public static final ConfigOption<String> BOOTSTRAP_SERVERS =
            key("kafka.bootstrap-servers")
                    .stringType()
                    .defaultValue("localhost:9092")
                    .withDescription("Brokers to start from, `host:port`, separated by commas.");

    public static final ConfigOption<String> PROPERTIES_FILE =
            key("kafka.properties-file")
                    .stringType()
                    .defaultValue("")
                    .withDescription(
                            "Java properties file with what all Kafka clients have in common: TLS, SASL, time-outs. "
                                    + "Secrets belong there and never on a command line. It is read wherever the job "
                                    + "runs, so it must have the same path on every machine of the cluster and where "
                                    + "the job is submitted.");

    public static final ConfigOption<StartFrom> READS_START =
            key("reads.start")
                    .enumType(StartFrom.class)
                    .defaultValue(StartFrom.COMMITTED)
                    .withDescription(
                            "Where reads and frames start without restored state: `COMMITTED` (the group's progress, else "
                                    + "as `LATEST`), `EARLIEST` or `LATEST` (what arrives from the submission on, also where "
                                    + "the job fails before its first checkpoint and starts again). What is known of devices, "
                                    + "and the list, is always read from the earliest on.");

    public static final ConfigOption<Duration> READS_FETCH_WAIT =
            key("reads.fetch-wait")
                    .durationType()
                    .defaultValue(Duration.ofMillis(10))
                    .withDescription(
                            "How long a fetch of reads or frames waits for 64 KiB. Longer delays them by as much where few "
                                    + "come, and costs the job and the broker less: each reader fetches this often without any.");

    public static final ConfigOption<Guarantee> GUARANTEE =
            key("sink.guarantee")
                    .enumType(Guarantee.class)
                    .defaultValue(Guarantee.AT_LEAST_ONCE)
                    .withDescription(
                            "`AT_LEAST_ONCE` repeats messages after a failure under the same id, with the same or a "
                                    + "higher revision. `EXACTLY_ONCE` makes an alert visible only at the next checkpoint.");

    public static final ConfigOption<Duration> TRANSACTION_TIMEOUT =
            key("sink.transaction-timeout")
                    .durationType()
                    .defaultValue(Duration.ofMinutes(15))
                    .withDescription(
                            "With `EXACTLY_ONCE`: how long a transaction may wait for a checkpoint until the broker drops it. "
                                    + "The job restarts before that, after as many failed checkpoints in a row as fit. At "
                                    + "most the broker's `transaction.max.timeout.ms` (15 min by default). Raise both, and "
                                    + "slow checkpoints restart nothing; but readers of committed messages then wait as long "
                                    + "for a transaction that a lost job left open.");

    /** The start position of a source without restored state. */
    public enum StartFrom {
        COMMITTED,
        EARLIEST,
        LATEST
    }

    /** The delivery guarantee of a sink. */
    public enum Guarantee {
        AT_LEAST_ONCE,
        EXACTLY_ONCE
    }

    private KafkaOptions() {}

    /** The consumer group of a job, named like the job by default. */
    public static ConfigOption<String> groupId(String job) {
        return key("kafka.group-id")
                .stringType()
                .defaultValue(job)
                .withDescription(
                        "Consumer group under which progress is committed at each checkpoint. Two jobs with one "
                                + "group do not share the work; they only overwrite each other's progress.");
    }
}
