package io.atalaya.flink.kafka;

import io.atalaya.flink.kafka.KafkaOptions.StartFrom;

import org.apache.flink.connector.kafka.source.enumerator.initializer.OffsetsInitializer;
import org.apache.flink.util.InstantiationUtil;
import org.apache.kafka.clients.consumer.OffsetAndTimestamp;
import org.apache.kafka.clients.consumer.OffsetResetStrategy;
import org.apache.kafka.common.TopicPartition;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

import static org.assertj.core.api.Assertions.assertThat;

class StartOffsetsTest {
    private static final long BUILT = 5_000;
    private static final TopicPartition BUSY = new TopicPartition("plate-reads", 0);
    private static final TopicPartition QUIET = new TopicPartition("plate-reads", 1);

    private final FakeOffsets kafka = new FakeOffsets();

    @Test
    void latestIsTheSameAtARestartAsAtTheFirstStart() throws Exception {
        kafka.append(BUSY, 1_000, 2_000);
        OffsetsInitializer start = start(StartFrom.LATEST);
        assertThat(offsets(start)).containsExactlyInAnyOrderEntriesOf(Map.of(BUSY, 2L, QUIET, 0L));

        kafka.append(BUSY, BUILT, 6_000, 7_000);
        kafka.append(QUIET, 6_500);
        assertThat(offsets(start)).containsExactlyInAnyOrderEntriesOf(Map.of(BUSY, 2L, QUIET, 0L));
    }

    @Test
    void latestTakesNoNoticeOfAnEarlierJobsProgress() throws Exception {
        kafka.append(BUSY, 1_000, 2_000);
        kafka.committed.put(BUSY, 1L);
        assertThat(offsets(start(StartFrom.LATEST))).containsEntry(BUSY, 2L);
    }

    @Test
    void progressCountsWhereThereIsSomeAndElseTheTimeOfBuilding() throws Exception {
        kafka.append(BUSY, 1_000, 2_000);
        kafka.append(QUIET, 3_000, 6_500, 7_000);
        kafka.committed.put(BUSY, 1L);
        assertThat(offsets(start(StartFrom.COMMITTED)))
                .containsExactlyInAnyOrderEntriesOf(Map.of(BUSY, 1L, QUIET, 1L));
    }

    @Test
    @SuppressWarnings("deprecation")
    void startsAtTheEarliestRecordIfTheCommittedOffsetIsGone() throws Exception {
        assertThat(start(StartFrom.COMMITTED).getAutoOffsetResetStrategy())
                .isEqualTo(OffsetResetStrategy.EARLIEST);
    }

    /** Clones the initializer, as the job's graph does. */
    private static OffsetsInitializer start(StartFrom from) throws Exception {
        return InstantiationUtil.clone(StartOffsets.of(from, Instant.ofEpochMilli(BUILT)));
    }

    /** A job that is slower than its input for long enough loses what is gone, and no more. */
    @ParameterizedTest
    @EnumSource(StartFrom.class)
    void continuesAtTheOldestRecordWhereTheNextOneIsDeleted(StartFrom from) throws Exception {
        assertThat(start(from).getAutoOffsetResetStrategy().name()).isEqualTo("EARLIEST");
    }

    private Map<TopicPartition, Long> offsets(OffsetsInitializer start) {
        return start.getPartitionOffsets(List.of(BUSY, QUIET), kafka);
    }

    /** A broker's offsets of two partitions, from the timestamps of their records. */
    private static final class FakeOffsets implements OffsetsInitializer.PartitionOffsetsRetriever {
        private final Map<TopicPartition, List<Long>> logs =
                new HashMap<>(Map.of(BUSY, List.of(), QUIET, List.of()));
        private final Map<TopicPartition, Long> committed = new HashMap<>();

        void append(TopicPartition partition, long... timestamps) {
            List<Long> log = new ArrayList<>(logs.get(partition));
            for (long timestamp : timestamps) {
                log.add(timestamp);
            }
            logs.put(partition, log);
        }

        @Override
        public Map<TopicPartition, Long> committedOffsets(Collection<TopicPartition> partitions) {
            Map<TopicPartition, Long> found = new HashMap<>(committed);
            found.keySet().retainAll(partitions);
            return found;
        }

        @Override
        public Map<TopicPartition, Long> endOffsets(Collection<TopicPartition> partitions) {
            Map<TopicPartition, Long> ends = new HashMap<>();
            partitions.forEach(p -> ends.put(p, (long) logs.get(p).size()));
            return ends;
        }

        @Override
        public Map<TopicPartition, Long> beginningOffsets(Collection<TopicPartition> partitions) {
            Map<TopicPartition, Long> beginnings = new HashMap<>();
            partitions.forEach(p -> beginnings.put(p, 0L));
            return beginnings;
        }

        /** Leaves out partitions without a record of that time or later. */
        @Override
        public Map<TopicPartition, OffsetAndTimestamp> offsetsForTimes(
                Map<TopicPartition, Long> times) {
            Map<TopicPartition, OffsetAndTimestamp> found = new HashMap<>();
            times.forEach(
                    (partition, from) -> {
                        List<Long> log = logs.get(partition);
                        for (int i = 0; i < log.size(); i++) {
                            if (log.get(i) >= from) {
                                found.putIfAbsent(partition, new OffsetAndTimestamp(i, log.get(i)));
                            }
                        }
                    });
            return found;
        }
    }
}
