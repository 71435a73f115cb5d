package io.atalaya.notary;

import io.atalaya.contracts.topic.RawRecord;
import io.atalaya.kafka.CommittedRecords;
import io.atalaya.kafka.RawRecords;

import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;

import java.time.Duration;
import java.util.Collections;
import java.util.Comparator;
import java.util.HashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;

/** Reads committed records of topics up to their present ends. */
final class TopicReader implements AutoCloseable {
    private static final Duration POLL = Duration.ofMillis(100);

    /** A transaction that a killed notary left open ends sooner. */
    private static final Duration ANSWERS_WITHIN = Duration.ofSeconds(60);

    private final Consumer<byte[], byte[]> committed;
    private final Consumer<byte[], byte[]> all;

    TopicReader(Map<String, Object> client) {
        Map<String, Object> config = new HashMap<>(client);
        // A fetch at the end of one partition would hold back that of the next for so long.
        config.put(ConsumerConfig.FETCH_MAX_WAIT_MS_CONFIG, 10);
        committed = CommittedRecords.consumer(config);
        config.put(ConsumerConfig.ISOLATION_LEVEL_CONFIG, "read_uncommitted");
        all = CommittedRecords.consumer(config);
    }

    /** The partitions of a topic by number; none if it does not exist. */
    List<TopicPartition> partitions(String topic) {
        return committed.partitionsFor(topic).stream()
                .map(each -> new TopicPartition(topic, each.partition()))
                .sorted(Comparator.comparingInt(TopicPartition::partition))
                .toList();
    }

    /** The offset of the first record that is kept. */
    long start(TopicPartition partition) {
        return committed.beginningOffsets(List.of(partition)).get(partition);
    }

    /**
     * Reads a partition from an offset to its end, and waits for transactions of the notary that
     * are under way. One reading at a time.
     */
    Iterator<RawRecord> read(TopicPartition partition, long from) {
        return read(partition, from, all.endOffsets(List.of(partition)).get(partition));
    }

    /** The same without waiting: a job can leave a transaction open as long as it is down. */
    Iterator<RawRecord> readCommitted(TopicPartition partition, long from) {
        return read(partition, from, committed.endOffsets(List.of(partition)).get(partition));
    }

    private Iterator<RawRecord> read(TopicPartition partition, long from, long end) {
        committed.assign(List.of(partition));
        committed.seek(partition, from);
        return new Iterator<>() {
            private Iterator<ConsumerRecord<byte[], byte[]>> polled = Collections.emptyIterator();
            private long progress = System.nanoTime();

            @Override
            public boolean hasNext() {
                while (!polled.hasNext() && committed.position(partition) < end) {
                    long before = committed.position(partition);
                    polled = committed.poll(POLL).records(partition).iterator();
                    if (committed.position(partition) > before) {
                        progress = System.nanoTime();
                    } else if (System.nanoTime() - progress > ANSWERS_WITHIN.toNanos()) {
                        throw new KafkaException(partition + " cannot be read to its end");
                    }
                }
                return polled.hasNext();
            }

            @Override
            public RawRecord next() {
                return RawRecords.of(polled.next());
            }
        };
    }

    /** The last record of a partition, or null. */
    RawRecord last(TopicPartition partition) {
        long start = start(partition);
        long end = all.endOffsets(List.of(partition)).get(partition);
        RawRecord last = null;
        // Marks of transactions have offsets, too, so the last record is some way before the end.
        for (long back = 8; last == null; back *= 8) {
            long from = Math.max(start, end - back);
            for (Iterator<RawRecord> records = read(partition, from); records.hasNext(); ) {
                last = records.next();
            }
            if (from == start) {
                break;
            }
        }
        return last;
    }

    @Override
    public void close() {
        committed.close();
        all.close();
    }
}
