package io.atalaya.flink.kafka;

import io.atalaya.contracts.topic.RawRecord;
import io.atalaya.contracts.topic.Topics;
import io.atalaya.kafka.Grants;

import org.apache.flink.api.common.eventtime.WatermarkGenerator;
import org.apache.flink.api.common.eventtime.WatermarkOutput;
import org.apache.flink.api.common.eventtime.WatermarkStrategy;
import org.apache.flink.connector.base.DeliveryGuarantee;
import org.apache.flink.connector.kafka.sink.KafkaRecordSerializationSchema;
import org.apache.flink.connector.kafka.sink.KafkaSink;
import org.apache.flink.connector.kafka.source.KafkaSource;
import org.apache.flink.connector.kafka.source.KafkaSourceBuilder;
import org.apache.flink.connector.kafka.source.enumerator.initializer.OffsetsInitializer;

import java.time.Duration;
import java.time.Instant;

/** A job's sources and sinks. */
public final class KafkaConnectors {

    /** Time without records after which a partition that was read to its end is idle. */
    public static final Duration IDLE = Duration.ofMillis(500);

    /**
     * Bytes that a fetch of reads waits for, within {@link KafkaOptions#READS_FETCH_WAIT}. A fetch
     * of whatever is available costs the broker, the network and the job more than the few reads in
     * it.
     */
    private static final int READS_FETCH_BYTES = 64 * 1024;

    /**
     * Time after which a client gives up on a broker that does not answer at all, instead of one
     * minute, because an exception fails the job and sometimes the whole TaskManager. Not longer,
     * because a topic that does not exist shows by it, too.
     */
    private static final String ANSWER_TIMEOUT_MS =
            String.valueOf(Duration.ofMinutes(10).toMillis());

    /**
     * Time after which a record that the broker has not taken fails the job, instead of two
     * minutes. A record of a backlog waits as long as a slow broker needs for all of it, an hour
     * for 32 MB at 9 kB/s. Not for ever, because a partition without a leader shows by it.
     */
    private static final String DELIVERY_TIMEOUT_MS =
            String.valueOf(Duration.ofHours(6).toMillis());

    private final KafkaSettings settings;
    private final Instant built = Instant.now();

    public KafkaConnectors(KafkaSettings settings) {
        this.settings = settings;
    }

    /**
     * A source that starts as the settings specify. It is unbounded, because an end would fire
     * every timer.
     */
    public KafkaSource<RawRecord> reads(String topic) {
        return source(topic, StartOffsets.of(settings.readsStart(), built))
                .setProperty("fetch.min.bytes", String.valueOf(READS_FETCH_BYTES))
                .setProperty(
                        "fetch.max.wait.ms", String.valueOf(settings.readsFetchWait().toMillis()))
                .build();
    }

    /**
     * A source of a topic with reference data, which is read from the beginning without restored
     * state.
     */
    public KafkaSource<RawRecord> whole(String topic) {
        return source(topic, OffsetsInitializer.earliest()).build();
    }

    /**
     * Uses the record's timestamp, which is the arrival time, because no device's clock can change
     * it.
     */
    public WatermarkStrategy<RawRecord> arrival(String topic) {
        return WatermarkStrategy.forGenerator(new ArrivalWatermarks(clientIdPrefix(topic)))
                .withTimestampAssigner((record, timestamp) -> record.timestamp());
    }

    private String clientIdPrefix(String topic) {
        return settings.groupId() + "-" + topic;
    }

    /**
     * For topics other than reads: their records carry their arrival time, but only reads advance
     * the watermark. The watermark is the minimum of all inputs, so a list that last changed hours
     * ago would hold it back until it counts as idle.
     */
    public static WatermarkStrategy<RawRecord> followingTheReads() {
        return WatermarkStrategy.<RawRecord>forGenerator(context -> new AlwaysIdle())
                .withTimestampAssigner((record, timestamp) -> record.timestamp());
    }

    /** A source that never affects the watermark. */
    private static final class AlwaysIdle implements WatermarkGenerator<RawRecord> {
        @Override
        public void onEvent(RawRecord record, long timestamp, WatermarkOutput output) {
            output.markIdle();
        }

        @Override
        public void onPeriodicEmit(WatermarkOutput output) {
            output.markIdle();
        }
    }

    /** A sink of complete records. */
    public KafkaSink<RawRecord> sink(String name) {
        return sink(name, new RawRecordSerializationSchema());
    }

    /** A sink of records that carry their own topic and timestamp. */
    public <T> KafkaSink<T> sink(String name, KafkaRecordSerializationSchema<T> records) {
        boolean exactlyOnce = settings.guarantee() == KafkaOptions.Guarantee.EXACTLY_ONCE;
        return KafkaSink.<T>builder()
                .setBootstrapServers(settings.bootstrapServers())
                .setKafkaProducerConfig(settings.clientProperties())
                .setProperty("max.request.size", String.valueOf(Topics.MAX_RECORD_BYTES))
                .setProperty("linger.ms", "2")
                // Default 5. A broker that restarts can reject the first batch of a new producer,
                // accept the second, and then reject the first until it expires after 2 minutes.
                .setProperty("max.in.flight.requests.per.connection", "1")
                .setProperty("delivery.timeout.ms", DELIVERY_TIMEOUT_MS)
                .setProperty("max.block.ms", ANSWER_TIMEOUT_MS)
                .setProperty(
                        "transaction.timeout.ms",
                        String.valueOf(settings.transactionTimeout().toMillis()))
                .setRecordSerializer(records)
                .setDeliveryGuarantee(
                        exactlyOnce
                                ? DeliveryGuarantee.EXACTLY_ONCE
                                : DeliveryGuarantee.AT_LEAST_ONCE)
                .setTransactionalIdPrefix(Grants.transactionalIdPrefix(settings.groupId()) + name)
                .build();
    }

    private KafkaSourceBuilder<RawRecord> source(String topic, OffsetsInitializer start) {
        return KafkaSource.<RawRecord>builder()
                .setProperty("default.api.timeout.ms", ANSWER_TIMEOUT_MS)
                .setProperties(settings.clientProperties())
                .setBootstrapServers(settings.bootstrapServers())
                .setGroupId(settings.groupId())
                .setClientIdPrefix(clientIdPrefix(topic))
                .setProperty("metric.reporters", UnreadRecords.class.getName())
                .setProperty("interceptor.classes", UnreadRecords.class.getName())
                .setTopics(topic)
                .setStartingOffsets(start)
                // A job that writes exactly once aborts the records that it repeats.
                .setProperty("isolation.level", "read_committed")
                .setProperty("partition.discovery.interval.ms", "60000")
                .setDeserializer(new RawRecordDeserializer());
    }
}
