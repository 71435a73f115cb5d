package io.atalaya.hotlistmatch;

import io.atalaya.kafka.TopicRecord;
import io.atalaya.kafka.Topics;
import io.atalaya.loadgenerator.CityOptions;
import io.atalaya.loadgenerator.SampleCity;

import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import java.util.stream.Stream;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Order does not matter: for every alert the last revision is the same, whichever topic was read
 * first, whatever was delivered twice, and however the job was interrupted.
 */
class OrderKafkaIT {
    /** 2026-03-03T12:00:00Z: long past, so that the job is always catching up. */
    private static final long START = 1_772_539_200_000L;

    private static List<TopicRecord> records;
    private static Map<String, String> expected;

    @BeforeAll
    static void recordTheCityAndRunItInOrder() throws Exception {
        records = new ArrayList<>();
        SampleCity.generate(
                        CityOptions.defaults(11, START)
                                .withMinutes(6)
                                .withReadsPerSecond(15)
                                .withHotlistSize(2_000)
                                .withStoriesPerMinute(20))
                .forEachRemaining(records::add);
        records.removeIf(record -> record.topic().equals(Topics.RFID_READS));
        expected = run(feed -> feed.publish(records));
        assertThat(expected).hasSizeGreaterThan(30);
        assertThat(expected.values()).anyMatch(alert -> alert.contains("\"retrospective\":true"));
        assertThat(expected.values()).anyMatch(alert -> alert.contains("\"status\":\"CANCELLED\""));
        assertThat(expected.values()).anyMatch(alert -> alert.contains("\"status\":\"ENDED\""));
    }

    @Test
    void readsBeforeTheListAndTheDevices() throws Exception {
        assertThat(
                        run(
                                feed -> {
                                    feed.publish(of(Topics.PLATE_READS));
                                    feed.awaitQuiet();
                                    feed.publish(of(Topics.HOTLIST));
                                    feed.publish(of(Topics.DEVICES));
                                }))
                .isEqualTo(expected);
    }

    @Test
    void theWholeListBeforeTheReads() throws Exception {
        assertThat(
                        run(
                                feed -> {
                                    feed.publish(of(Topics.DEVICES));
                                    feed.publish(of(Topics.HOTLIST));
                                    feed.awaitQuiet();
                                    feed.publish(of(Topics.PLATE_READS));
                                }))
                .isEqualTo(expected);
    }

    @Test
    void everyMessageTwice() throws Exception {
        List<TopicRecord> twice =
                records.stream().flatMap(record -> Stream.of(record, record)).toList();
        assertThat(run(feed -> feed.publish(twice))).isEqualTo(expected);
    }

    @Test
    void stoppedWhileEntriesComeAndGoThenRestoredAtAnotherParallelism() throws Exception {
        try (JobRun run = new JobRun()) {
            run.start(null, 2);
            int half = records.size() / 2;
            run.publish(records.subList(0, half));
            run.awaitQuiet();
            String savepoint = run.stopWithSavepoint();
            run.publish(records.subList(half, records.size()));
            run.start(savepoint, 3);
            run.awaitQuiet();
            assertThat(run.lastRevisions()).isEqualTo(expected);
        }
    }

    @Test
    void aTaskManagerStoppedInMidStream() throws Exception {
        try (JobRun run = new JobRun()) {
            run.start(null, 2);
            int third = records.size() / 3;
            run.publish(records.subList(0, third));
            Thread.sleep(1_500);
            run.publish(records.subList(third, 2 * third));
            run.restartTaskManager();
            run.publish(records.subList(2 * third, records.size()));
            run.awaitQuiet();
            assertThat(run.lastRevisions()).isEqualTo(expected);
        }
    }

    /** What a test does to a running job. */
    private interface Feeding {
        void feed(JobRun run) throws Exception;
    }

    private static Map<String, String> run(Feeding feeding) throws Exception {
        try (JobRun run = new JobRun()) {
            run.start(null, 2);
            feeding.feed(run);
            run.awaitQuiet();
            return run.lastRevisions();
        }
    }

    private static List<TopicRecord> of(String topic) {
        Predicate<TopicRecord> wanted = record -> record.topic().equals(topic);
        return records.stream().filter(wanted).toList();
    }
}
