package io.atalaya.kafka;

import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.MockConsumer;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

@Timeout(value = 60, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class CommittedRecordsTest {
    private static final TopicPartition PARTITION = new TopicPartition("hotlist", 0);

    private final MockConsumer<String, byte[]> consumer = new MockConsumer<>("earliest");
    private final List<Long> read = new ArrayList<>();

    CommittedRecordsTest() {
        consumer.assign(List.of(PARTITION));
        consumer.updateBeginningOffsets(Map.of(PARTITION, 0L));
        for (int i = 0; i < 2; i++) {
            consumer.addRecord(new ConsumerRecord<>("hotlist", 0, i, "key", new byte[0]));
        }
    }

    private void readTo(long end, boolean isStopped) {
        CommittedRecords.readToEnds(
                consumer,
                Map.of(PARTITION, end),
                () -> isStopped,
                record -> read.add(record.offset()));
    }

    @Test
    void readsToTheEnd() {
        readTo(2, false);

        assertThat(read).containsExactly(0L, 1L);
    }

    @Test
    void aBrokerThatGoesSilentIsNotWaitedForWithoutEnd() {
        assertThatThrownBy(() -> readTo(3, false))
                .isInstanceOf(KafkaException.class)
                .hasMessage("[hotlist-0] cannot be read to the end: the broker sends no more");
        assertThat(read).containsExactly(0L, 1L);
    }

    @Test
    void aStopEndsTheReading() {
        readTo(3, true);

        assertThat(read).isEmpty();
    }
}
