package io.atalaya.lab.demo;

import io.atalaya.contracts.topic.Topics;
import io.atalaya.embedded.RecordPublisher;
import io.atalaya.lab.feed.ThrottledJob;
import io.atalaya.simulator.City;
import io.atalaya.simulator.SampleCity;
import io.atalaya.simulator.condition.Conditions;

import org.apache.kafka.clients.producer.MockProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RoundRobinPartitioner;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.StringSerializer;
import org.junit.jupiter.api.Test;

import java.time.Duration;
import java.util.List;
import java.util.Map;

import static org.assertj.core.api.Assertions.assertThat;

class FeedTest {
    private static final Duration LEAD = Duration.ofSeconds(9);
    private static final long START = 1_772_542_800_000L;

    private final MockProducer<String, byte[]> producer =
            new MockProducer<>(
                    true,
                    new RoundRobinPartitioner(),
                    new StringSerializer(),
                    new ByteArraySerializer());

    /** Reads everything available at every third look, and nothing at the others. */
    private final class LateJob implements ThrottledJob {
        private int looks;
        private int read;
        private long mostAhead;

        @Override
        public long behind(Map<String, Long> fed) {
            List<ProducerRecord<String, byte[]>> all = producer.history();
            if (read < all.size() && all.get(read).topic().equals(Topics.CAMERA_FRAMES)) {
                long newest = all.get(all.size() - 1).timestamp();
                mostAhead = Math.max(mostAhead, newest - all.get(read).timestamp());
            }
            if (++looks % 3 == 0) {
                read = all.size();
            }
            return all.size() - read;
        }

        @Override
        public void requireAlive() {}

        @Override
        public Duration lead() {
            return LEAD;
        }
    }

    /** Otherwise cameras whose frames are only unread appear silent. */
    @Test
    void thePastIsNotFedFarAheadOfAJobThatReadsItLate() throws Exception {
        City city = city(START);
        LateJob job = new LateJob();
        try (RecordPublisher loader = new RecordPublisher(producer)) {
            new Feed(city, loader, new LiveChanges(), () -> false).sendPast(loader, List.of(job));
        }

        job.behind(Map.of());
        assertThat(producer.history())
                .filteredOn(record -> record.topic().equals(Topics.CAMERA_FRAMES))
                .hasSizeGreaterThan(1_000);
        assertThat(job.mostAhead).isBetween(1L, LEAD.toMillis() - 1);
    }

    /** Otherwise dispatch takes a time to come for the present. */
    @Test
    void thePastIsNotFedBeforeItIsDue() throws Exception {
        City city = city(System.currentTimeMillis() + 3_000);
        try (RecordPublisher loader = new RecordPublisher(producer)) {
            new Feed(city, loader, new LiveChanges(), () -> false).sendPast(loader, List.of());
        }

        List<ProducerRecord<String, byte[]>> all = producer.history();
        assertThat(all.get(all.size() - 1).timestamp())
                .isLessThanOrEqualTo(System.currentTimeMillis());
    }

    private static City city(long start) {
        return SampleCity.generate(
                new DemoSettings(
                                1,
                                1,
                                4,
                                Language.EN,
                                10,
                                0,
                                1,
                                1,
                                Conditions.CLEAR,
                                1,
                                DemoSettings.Show.CITY,
                                false,
                                Map.of())
                        .city(start));
    }
}
