package io.atalaya.flink.kafka;

import io.atalaya.contracts.topic.RawRecord;

import org.apache.flink.api.common.eventtime.Watermark;
import org.apache.flink.api.common.eventtime.WatermarkGenerator;
import org.apache.flink.api.common.eventtime.WatermarkGeneratorSupplier;
import org.apache.flink.api.common.eventtime.WatermarkOutput;
import org.apache.flink.metrics.MetricGroup;
import org.apache.flink.metrics.groups.UnregisteredMetricsGroup;
import org.apache.flink.util.clock.RelativeClock;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.apache.kafka.common.MetricName;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.metrics.Gauge;
import org.apache.kafka.common.metrics.KafkaMetric;
import org.apache.kafka.common.metrics.MetricConfig;
import org.apache.kafka.common.utils.Time;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

import java.util.List;
import java.util.Map;

import static org.assertj.core.api.Assertions.assertThat;

class ArrivalWatermarksTest {
    private static final String CLIENTS = "job-plate-reads";
    private static final long IDLE = KafkaConnectors.IDLE.toMillis();

    private final UnreadRecords reporter = reporter();
    private long now;
    private final ArrivalWatermarks source = new ArrivalWatermarks(CLIENTS);
    private final WatermarkGenerator<RawRecord> watermarks = partition();

    /** The last watermark, or "idle". */
    private Object output;

    private final class Clock implements RelativeClock {
        @Override
        public long relativeTimeMillis() {
            return now;
        }

        @Override
        public long relativeTimeNanos() {
            throw new UnsupportedOperationException();
        }
    }

    private final class Context implements WatermarkGeneratorSupplier.Context {
        @Override
        public MetricGroup getMetricGroup() {
            return new UnregisteredMetricsGroup() {
                @Override
                public Map<String, String> getAllVariables() {
                    return Map.of("<subtask_index>", "0");
                }
            };
        }

        @Override
        public RelativeClock getInputActivityClock() {
            return new Clock();
        }
    }

    private WatermarkGenerator<RawRecord> partition() {
        return source.createWatermarkGenerator(new Context());
    }

    private final class Output implements WatermarkOutput {
        @Override
        public void emitWatermark(Watermark watermark) {
            output = watermark.getTimestamp();
        }

        @Override
        public void markIdle() {
            output = "idle";
        }

        @Override
        public void markActive() {
            throw new UnsupportedOperationException();
        }
    }

    @AfterEach
    void closeConsumers() {
        reporter.close();
    }

    @Test
    void aPartitionReadToItsEndIsIdleAfterAShortSilence() {
        lag(3, 0);
        read(watermarks, 3, 1_000);
        assertThat(after(0)).isEqualTo(999L);
        assertThat(after(IDLE - 1)).isEqualTo(999L);
        assertThat(after(1)).isEqualTo("idle");

        read(watermarks, 3, 900);
        assertThat(after(0)).isEqualTo(999L);
    }

    @Test
    void aPartitionWithUnreadRecordsIsIdleOnlyIfItCannotBeRead() {
        lag(3, 12);
        lag(4, 0);
        read(watermarks, 3, 1_000);
        assertThat(after(0)).isEqualTo(999L);
        assertThat(after(ArrivalWatermarks.UNREADABLE.toMillis() - 1)).isEqualTo(999L);
        assertThat(after(1)).isEqualTo("idle");
    }

    /** An overloaded machine may take so long for the records of others. */
    @Test
    void aPartitionCanBeReadWhileTheSourceIsBusyWithOthers() {
        WatermarkGenerator<RawRecord> other = partition();
        lag(3, 12);
        lag(4, 12);
        read(watermarks, 3, 1_000);
        read(other, 4, 6, 1_000);
        poll(4, 7);
        assertThat(after(0)).isEqualTo(999L);
        assertThat(after(2 * ArrivalWatermarks.UNREADABLE.toMillis())).isEqualTo(999L);
        read(other, 4, 7, 1_000);
        assertThat(after(ArrivalWatermarks.UNREADABLE.toMillis() - 1)).isEqualTo(999L);
        assertThat(after(1)).isEqualTo("idle");
    }

    /** Its broker may be down while those of others are read without an end. */
    @Test
    void aSourceThatIsAlwaysBusyDoesNotWaitForEver() {
        lag(3, 12);
        lag(4, 12);
        read(watermarks, 3, 1_000);
        poll(4, 7);
        assertThat(after(0)).isEqualTo(999L);
        long longest = ArrivalWatermarks.UNREADABLE_WHILE_BUSY.toMillis();
        assertThat(after(longest - 1)).isEqualTo(999L);
        assertThat(after(1)).isEqualTo("idle");
    }

    @Test
    void aPartitionOfWhichRecordsAreOnTheirWayIsNotIdle() {
        lag(3, 0);
        poll(3, 7);
        assertThat(after(IDLE)).as("before the first of them").isNull();
        read(watermarks, 3, 6, 1_000);
        assertThat(after(0)).isEqualTo(999L);
        assertThat(after(IDLE)).isEqualTo(999L);
        read(watermarks, 3, 7, 1_000);
        assertThat(after(0)).isEqualTo(999L);
        assertThat(after(IDLE)).isEqualTo("idle");
    }

    @Test
    void aPartitionWithoutRecordsIsIdleOnceAllOfTheSubtaskAreKnown() {
        WatermarkGenerator<RawRecord> other = partition();
        partition(); // for records of no partition
        assertThat(after(IDLE)).as("before the first fetch").isNull();
        lag(3, 0);
        assertThat(after(IDLE)).as("before the other partition's").isNull();
        lag(4, 12);
        assertThat(after(IDLE)).as("may be the one with unread records").isNull();
        read(other, 4, 1_000);
        assertThat(after(IDLE - 1)).isNull();
        assertThat(after(1)).isEqualTo("idle");
    }

    @Test
    void aConsumerThatClosesLeavesOnlyTheLagOfItsSuccessor() {
        UnreadRecords closing = reporter();
        closing.metricChange(lag(3, 12));
        closing.metricChange(lag(4, 12));
        lag(3, 0);
        closing.close();
        assertThat(UnreadRecords.partitions(CLIENTS + "-0")).containsExactly(3);
        read(watermarks, 3, 1_000);
        after(0);
        assertThat(after(IDLE)).isEqualTo("idle");
    }

    private static UnreadRecords reporter() {
        UnreadRecords reporter = new UnreadRecords();
        reporter.configure(Map.of("client.id", CLIENTS + "-0"));
        return reporter;
    }

    private void poll(int partition, long offset) {
        var last = new ConsumerRecord<byte[], byte[]>("plate-reads", partition, offset, null, null);
        reporter.onConsume(
                new ConsumerRecords<>(
                        Map.of(new TopicPartition("plate-reads", partition), List.of(last)),
                        Map.of()));
    }

    private KafkaMetric lag(int partition, double records) {
        Map<String, String> tags =
                Map.of(
                        "client-id",
                        CLIENTS + "-0",
                        "topic",
                        "plate-reads",
                        "partition",
                        Integer.toString(partition));
        KafkaMetric metric =
                new KafkaMetric(
                        new Object(),
                        new MetricName("records-lag", "consumer-fetch-manager-metrics", "", tags),
                        (Gauge<Double>) (config, at) -> records,
                        new MetricConfig(),
                        Time.SYSTEM);
        reporter.metricChange(metric);
        return metric;
    }

    private void read(WatermarkGenerator<RawRecord> watermarks, int partition, long timestamp) {
        read(watermarks, partition, 0, timestamp);
    }

    private void read(
            WatermarkGenerator<RawRecord> watermarks, int partition, long offset, long timestamp) {
        watermarks.onEvent(
                new RawRecord("plate-reads", partition, offset, timestamp, null, null, List.of()),
                timestamp,
                new Output());
    }

    private Object after(long millis) {
        now += millis;
        watermarks.onPeriodicEmit(new Output());
        return output;
    }
}
