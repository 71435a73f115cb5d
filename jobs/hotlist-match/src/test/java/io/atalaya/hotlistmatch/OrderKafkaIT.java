package io.atalaya.hotlistmatch;

import io.atalaya.contracts.alert.Alert;
import io.atalaya.contracts.alert.AlertType;
import io.atalaya.contracts.alert.HotlistEvidence;
import io.atalaya.contracts.topic.TopicRecord;
import io.atalaya.contracts.topic.Topics;
import io.atalaya.simulator.CityOptions;
import io.atalaya.simulator.SampleCity;
import io.atalaya.testutils.JobOnKafka;

import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Order does not matter: the last revision of every alert is the same, for any order of topics, any
 * second delivery, any parallelism and any interruption of the job.
 */
@Execution(ExecutionMode.CONCURRENT)
class OrderKafkaIT {
    /** 2026-03-03T12:00:00Z: in the past, so that the job is always catching up. */
    private static final long START = 1_772_539_200_000L;

    /** Everything that can be is switched off. */
    static final Map<String, String> MATCHING_ALONE =
            Map.of(
                    "tags.enabled", "false",
                    "read-history.enabled", "false",
                    "clones.enabled", "false",
                    "convoys.enabled", "false",
                    "ocr-verification.budget", "0");

    private static List<TopicRecord> records;
    private static LastRevisions expected;

    @BeforeAll
    static void recordTheCityAndRunItInOrder() throws Exception {
        records = new ArrayList<>();
        SampleCity.generate(
                        CityOptions.defaults(11, START)
                                .withMinutes(6)
                                .withReadsPerSecond(15)
                                .withHotlistSize(2_000)
                                .withScenariosPerMinute(20))
                .forEachRemaining(records::add);
        expected = run(1, feed -> feed.publish(records));
        assertThat(expected.last()).hasSizeGreaterThan(30);
        assertThat(expected.last().values())
                .anyMatch(OrderKafkaIT::isRetrospective)
                .anyMatch(alert -> alert.status() == Alert.Status.CANCELLED)
                .anyMatch(alert -> alert.status() == Alert.Status.ENDED)
                .anyMatch(alert -> alert.type() == AlertType.CLONED_PLATE)
                .anyMatch(alert -> alert.type() == AlertType.PLATE_TAG_MISMATCH);
    }

    /**
     * Topics that are published together; the next ones follow when the job is idle. Each two are
     * in both orders; {@link TagOrderOperatorTest} interleaves them at random.
     */
    static Stream<List<List<String>>> orders() {
        List<String> list = List.of(Topics.DEVICES, Topics.HOTLIST);
        List<String> plates = List.of(Topics.PLATE_READS);
        List<String> tags = List.of(Topics.RFID_READS);
        return Stream.of(
                List.of(tags, plates, list),
                List.of(list, plates, tags),
                List.of(plates, list, tags));
    }

    @ParameterizedTest
    @MethodSource("orders")
    void whicheverTopicIsReadFirst(List<List<String>> order) throws Exception {
        run(
                        2,
                        feed -> {
                            for (List<String> topics : order.subList(0, order.size() - 1)) {
                                feed.publish(of(topics));
                                feed.awaitQuiet();
                            }
                            feed.publish(of(order.get(order.size() - 1)));
                        })
                .assertEndsLike(expected);
    }

    /** The list comes first, because it does not meet the past any more. */
    @Test
    void whatIsSwitchedOffDoesNotChangeTheOthers() throws Exception {
        LastRevisions alone = platesAfterTheList(MATCHING_ALONE);

        assertThat(alone.last().values())
                .hasSizeGreaterThan(20)
                .allMatch(alert -> alert.type() == AlertType.HOTLIST_MATCH);
        alone.assertEndsLike(platesAfterTheList(Map.of()));
    }

    private static LastRevisions platesAfterTheList(Map<String, String> options) throws Exception {
        Map<String, String> all = new HashMap<>(SharedSamples.SMALL_PREFILTER);
        all.putAll(options);
        try (JobOnKafka run = new JobOnKafka(new HotlistMatchJob(), all)) {
            run.start(null, 1);
            run.publish(of(List.of(Topics.DEVICES, Topics.HOTLIST)));
            run.awaitQuiet();
            run.publish(of(List.of(Topics.PLATE_READS)));
            run.awaitQuiet();
            return LastRevisions.of(
                    run.alertMessages().stream()
                            .filter(alert -> alert.type() == AlertType.HOTLIST_MATCH)
                            .toList());
        }
    }

    @Test
    void everyMessageTwice() throws Exception {
        List<TopicRecord> twice =
                records.stream().flatMap(record -> Stream.of(record, record)).toList();
        run(2, feed -> feed.publish(twice)).assertEndsLike(expected);
    }

    @Test
    void stoppedWhileEntriesComeAndGoThenRestoredAtAnotherParallelism() throws Exception {
        try (JobOnKafka run =
                new JobOnKafka(new HotlistMatchJob(), SharedSamples.SMALL_PREFILTER)) {
            run.start(null, 2);
            int half = records.size() / 2;
            run.publish(records.subList(0, half));
            run.awaitQuiet();
            String savepoint = run.stopWithSavepoint();
            run.publish(records.subList(half, records.size()));
            run.start(savepoint, 3);
            run.awaitQuiet();
            LastRevisions.of(run.alertMessages()).assertEndsLike(expected);
        }
    }

    @Test
    void aTaskManagerStoppedInMidStream() throws Exception {
        try (JobOnKafka run =
                new JobOnKafka(new HotlistMatchJob(), SharedSamples.SMALL_PREFILTER)) {
            run.start(null, 2);
            int third = records.size() / 3;
            run.publish(records.subList(0, 2 * third));
            int before = run.alertsEmitted();
            run.takeCheckpoint();
            run.restartTaskManager();
            int after = run.alertsEmitted();
            run.publish(records.subList(2 * third, records.size()));
            run.awaitQuiet();
            assertEndsLikeExceptForgotten(run.alertMessages(), before, after);
        }
    }

    /** Actions of a test on a running job. */
    private interface Feeding {
        void feed(JobOnKafka run) throws Exception;
    }

    private static boolean isRetrospective(Alert alert) {
        return alert.evidence() instanceof HotlistEvidence evidence && evidence.retrospective();
    }

    private static LastRevisions run(int parallelism, Feeding feeding) throws Exception {
        try (JobOnKafka run =
                new JobOnKafka(new HotlistMatchJob(), SharedSamples.SMALL_PREFILTER)) {
            run.start(null, parallelism);
            feeding.feed(run);
            run.awaitQuiet();
            return LastRevisions.of(run.alertMessages());
        }
    }

    /**
     * The recovered job does not retract an alert that was emitted too early between the checkpoint
     * and the restart (docs/matching.md): one whose messages are all of that time, and that does
     * not exist in the other run.
     */
    private static void assertEndsLikeExceptForgotten(
            List<Alert> sent, int checkpoint, int restart) {
        Set<String> emittedInBetween = alertIds(sent.subList(checkpoint, restart));
        Set<String> known = alertIds(sent.subList(0, checkpoint));
        known.addAll(alertIds(sent.subList(restart, sent.size())));
        known.addAll(expected.last().keySet());
        emittedInBetween.removeAll(known);
        LastRevisions.of(
                        sent.stream()
                                .filter(alert -> !emittedInBetween.contains(alert.alertId()))
                                .toList())
                .assertEndsLike(expected);
    }

    private static Set<String> alertIds(List<Alert> messages) {
        return messages.stream().map(Alert::alertId).collect(Collectors.toCollection(HashSet::new));
    }

    private static List<TopicRecord> of(List<String> topics) {
        return records.stream().filter(record -> topics.contains(record.topic())).toList();
    }
}
