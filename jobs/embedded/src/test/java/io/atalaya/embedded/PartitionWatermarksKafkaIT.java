package io.atalaya.embedded;

import io.atalaya.contracts.topic.RawRecord;
import io.atalaya.contracts.topic.Topic;
import io.atalaya.flink.kafka.KafkaConnectors;
import io.atalaya.flink.kafka.KafkaOptions;
import io.atalaya.flink.kafka.KafkaSettings;

import org.apache.flink.core.execution.JobClient;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import org.apache.flink.streaming.api.functions.ProcessFunction;
import org.apache.flink.streaming.api.functions.sink.v2.DiscardingSink;
import org.apache.flink.util.Collector;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.junit.jupiter.api.Test;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.BooleanSupplier;

import static org.assertj.core.api.Assertions.assertThat;

/** The watermark of a source that catches up. */
class PartitionWatermarksKafkaIT {
    private static final String TOPIC = "reads";

    private static final int RECORD_BYTES = 100;
    private static final long START = 1_772_539_200_000L;
    private static final long SECOND = 1_000;

    private static final AtomicInteger READ = new AtomicInteger();
    private static final AtomicInteger LATE = new AtomicInteger();
    private static final AtomicLong WATERMARK = new AtomicLong();

    /** How many records had been read when the watermark first moved. */
    private static final AtomicInteger MOVED_AFTER = new AtomicInteger();

    /** Reads slowly in the source's own task, which is no back-pressure. */
    private static final class SlowReader extends ProcessFunction<RawRecord, RawRecord> {
        private static final long serialVersionUID = 1L;

        private final int recordsAPause;
        private final int pauseMillis;

        SlowReader(int recordsAPause, int pauseMillis) {
            this.recordsAPause = recordsAPause;
            this.pauseMillis = pauseMillis;
        }

        @Override
        public void processElement(RawRecord record, Context context, Collector<RawRecord> out)
                throws InterruptedException {
            WATERMARK.set(context.timerService().currentWatermark());
            if (record.timestamp() <= WATERMARK.get()) {
                LATE.incrementAndGet();
            }
            if (WATERMARK.get() > START) {
                MOVED_AFTER.compareAndSet(0, READ.get());
            }
            if (READ.incrementAndGet() % recordsAPause == 0) {
                Thread.sleep(pauseMillis);
            }
        }
    }

    /** Several fetches of each partition, each of which takes longer to read than the idle time. */
    @Test
    void waitsForPartitionsWithABacklogAndForNoEmptyOne() throws Exception {
        readTwice(15_000, 8, 1);
        assertThat(LATE).hasValue(0);
        assertThat(MOVED_AFTER.get()).as("with an empty partition").isBetween(1, 15_000);
    }

    /** All records wait in Flink's queue before the source emits the first. */
    @Test
    void waitsForRecordsThatWereReadAndNotEmitted() throws Exception {
        readTwice(300, 1, 4);
        assertThat(LATE).hasValue(0);
    }

    /**
     * Reads a backlog in two partitions to its end, and again, because the second job's consumers
     * have the names of the first's.
     */
    private static void readTwice(int records, int recordsAPause, int pauseMillis)
            throws Exception {
        LATE.set(0);
        try (EmbeddedKafka kafka = EmbeddedKafka.start();
                EmbeddedFlink flink = EmbeddedFlink.start(FlinkConf.local(), 1, 1);
                KafkaProducer<byte[], byte[]> producer = producer(kafka)) {
            kafka.createTopics(
                    List.of(new Topic(TOPIC, "bytes", true, Map.of(), Set.of(), Set.of())), 3);
            for (int i = 0; i < records; i++) {
                send(producer, 0, START + i * SECOND);
                send(producer, 1, START + i * SECOND);
            }
            producer.flush();
            long last = START + records * SECOND;
            for (int run = 0; run < 2; run++) {
                READ.set(0);
                WATERMARK.set(0);
                MOVED_AFTER.set(0);
                JobClient job =
                        flink.submit(
                                slowReader(
                                        flink, kafka, new SlowReader(recordsAPause, pauseMillis)),
                                "slow-reader");
                await(() -> READ.get() >= 2 * records);
                await(
                        () -> {
                            send(producer, 0, last);
                            return WATERMARK.get() == last - 1;
                        });
                flink.cancel(job);
            }
        }
    }

    private static StreamExecutionEnvironment slowReader(
            EmbeddedFlink flink, EmbeddedKafka kafka, SlowReader reader) {
        KafkaConnectors connectors =
                new KafkaConnectors(
                        new KafkaSettings(
                                kafka.bootstrapServers(),
                                "slow-reader",
                                KafkaOptions.StartFrom.EARLIEST,
                                Duration.ofMillis(50),
                                KafkaOptions.Guarantee.AT_LEAST_ONCE,
                                KafkaOptions.TRANSACTION_TIMEOUT.defaultValue(),
                                new Properties()));
        StreamExecutionEnvironment env = flink.environment(1);
        env.fromSource(connectors.reads(TOPIC), connectors.arrival(TOPIC), TOPIC)
                .uid(TOPIC)
                .process(reader)
                .name("read")
                .uid("read")
                .sinkTo(new DiscardingSink<>())
                .name("discard")
                .uid("discard");
        return env;
    }

    private static KafkaProducer<byte[], byte[]> producer(EmbeddedKafka kafka) {
        return new KafkaProducer<>(
                Map.of("bootstrap.servers", kafka.bootstrapServers()),
                new ByteArraySerializer(),
                new ByteArraySerializer());
    }

    private static void send(
            KafkaProducer<byte[], byte[]> producer, int partition, long timestamp) {
        producer.send(
                new ProducerRecord<>(TOPIC, partition, timestamp, null, new byte[RECORD_BYTES]));
    }

    private static void await(BooleanSupplier condition) throws InterruptedException {
        long deadline = System.nanoTime() + Duration.ofMinutes(2).toNanos();
        while (!condition.getAsBoolean()) {
            assertThat(System.nanoTime()).as("within two minutes").isLessThan(deadline);
            Thread.sleep(200);
        }
    }
}
