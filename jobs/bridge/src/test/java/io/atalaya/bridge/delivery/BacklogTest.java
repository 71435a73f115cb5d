package io.atalaya.bridge.delivery;

import io.atalaya.bridge.delivery.Backlog.Limits;
import io.atalaya.bridge.delivery.Backlog.Outcome;
import io.atalaya.contracts.dispatch.Delivery.Result;
import io.atalaya.contracts.topic.RawRecord;
import io.atalaya.contracts.topic.Topics;

import org.apache.kafka.common.TopicPartition;
import org.junit.jupiter.api.Test;

import java.time.Duration;
import java.util.List;

import static io.atalaya.bridge.delivery.QueuedMessages.message;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

class BacklogTest {
    private static final Answer FAILED = Answer.failed("HTTP 500");

    private final Backlog backlog = new Backlog(new Limits(2, 1000, Duration.ofHours(1), false));
    private long now = 1_000_000;

    private void add(QueuedMessage... messages) {
        List.of(messages).forEach(backlog::add);
    }

    private QueuedMessage next() {
        return backlog.next(now);
    }

    private long position() {
        return backlog.positions().get(new TopicPartition("queue", 0));
    }

    /** Sends and fails until the breaker opens. */
    private void fail(int times) {
        for (int i = 0; i < times; i++) {
            now += 400_000;
            QueuedMessage sent = next();
            backlog.answered(sent, FAILED, now);
        }
    }

    @Test
    void sendsTheHighestPriorityFirst() {
        add(message(0, "a", 1, 50, now), message(1, "b", 1, 90, now), message(2, "c", 1, 70, now));

        assertThat(next().incidentId()).isEqualTo("b");
        assertThat(next().incidentId()).isEqualTo("c");
        assertThat(next()).as("two are under way").isNull();
    }

    @Test
    void sendsNothingBeforeTheAuditHasIt() {
        Backlog waiting = new Backlog(new Limits(2, 1000, Duration.ofHours(1), true));
        TopicPartition queue = new TopicPartition("queue", 0);
        waiting.audited(queue, 0, QueuedMessages.SHA256);
        waiting.add(message(0, "early", 1, 10, now));
        waiting.add(message(1, "a", 1, 50, now));
        waiting.add(message(2, "a", 2, 50, now));
        waiting.add(message(3, "b", 1, 90, now));

        assertThat(waiting.next(now).incidentId()).isEqualTo("early");
        assertThat(waiting.next(now)).isNull();
        waiting.audited(queue, 3, "another message at this offset");
        waiting.audited(queue, 1, QueuedMessages.SHA256);
        assertThat(waiting.next(now)).as("an older revision was recorded").isNull();
        waiting.audited(queue, 2, QueuedMessages.SHA256);
        assertThat(waiting.next(now).revision()).isEqualTo(2);
        assertThat(waiting.unaudited()).isEqualTo(1);
        now += 3_600_001;
        assertThat(waiting.next(now)).isNull();
        assertThat(waiting.drainOutcomes())
                .last()
                .returns(Result.EXPIRED, Outcome::result)
                .returns("older than PT1H, not audited", Outcome::reason);
    }

    @Test
    void whatTheNotaryMissedGoesOnceAllOfItIsRecorded() {
        Backlog waiting = new Backlog(new Limits(9, 1000, Duration.ofHours(1), true));
        TopicPartition queue = new TopicPartition("queue", 0);
        for (int i = 0; i < 3; i++) {
            waiting.add(message(i, "i" + i, 1, 10 * i, now));
        }
        now += Backlog.AUDITED_WITHIN_MS + 1;
        assertThat(waiting.isAuditBehind(now)).isTrue();
        waiting.audited(queue, 0, QueuedMessages.SHA256);
        waiting.audited(queue, 1, QueuedMessages.SHA256);
        assertThat(waiting.next(now)).isNull();
        waiting.audited(queue, 2, QueuedMessages.SHA256);
        assertThat(waiting.isAuditBehind(now)).isFalse();
        assertThat(waiting.next(now).incidentId()).isEqualTo("i2");
        assertThat(waiting.next(now).incidentId()).isEqualTo("i1");
    }

    @Test
    void sendsNothingPastItsOwnExpiry() throws Exception {
        QueuedMessage announcement =
                QueuedMessage.of(
                        record(
                                Topics.ANNOUNCEMENTS,
                                "{\"announcementId\":\"A\",\"deviceId\":\"SPK-7\",\"revision\":1,"
                                        + "\"purpose\":\"PLAY\",\"incidentId\":\"I\",\"type\":\"t\","
                                        + "\"priority\":90,\"text\":\"Sismo\",\"expiresAt\":%d}"
                                                .formatted(now + 1_000)));
        QueuedMessage task =
                QueuedMessage.of(
                        record(
                                Topics.DRONE_TASKS,
                                "{\"taskId\":\"T\",\"incidentId\":\"I\",\"revision\":2,"
                                        + "\"droneId\":\"D\",\"status\":\"ACCEPTED\",\"type\":\"t\","
                                        + "\"priority\":80,\"place\":{\"latitude\":19,\"longitude\":-99,"
                                        + "\"radiusMetres\":1},\"distanceMetres\":1,\"flightSeconds\":1,"
                                        + "\"batteryPercent\":1,\"expiresAt\":%d}"
                                                .formatted(now + 1_000)));
        assertThat(announcement.subject()).isEqualTo("A");
        assertThat(announcement.incidentId()).isEqualTo("I");
        assertThat(announcement.deviceId()).isEqualTo("SPK-7");
        add(announcement, task);
        now += 1_000;

        assertThat(next()).as("an accepted task does not expire").isEqualTo(task);
        assertThat(next()).isNull();
        assertThat(backlog.drainOutcomes())
                .containsExactly(new Outcome(announcement, Result.EXPIRED, "not valid any more"));
    }

    private RawRecord record(String topic, String value) {
        RawRecord.RawHeader id = new RawRecord.RawHeader("ce_id", "id".getBytes(UTF_8));
        return new RawRecord(topic, 0, 0, now, new byte[0], value.getBytes(UTF_8), List.of(id));
    }

    @Test
    void sendsOnlyTheNewestRevisionThatWaits() {
        QueuedMessage first = message(0, "a", 1, 50, now);
        QueuedMessage second = message(1, "a", 2, 50, now);
        add(first, second);

        assertThat(next()).isEqualTo(second);
        assertThat(backlog.drainOutcomes())
                .containsExactly(new Outcome(first, Result.SKIPPED, "revision 2 is sent instead"));
    }

    @Test
    void sendsTheNextRevisionAfterTheAnswerToTheOneUnderWay() {
        QueuedMessage first = message(0, "a", 1, 50, now);
        QueuedMessage second = message(1, "a", 2, 50, now);
        add(first);
        QueuedMessage sent = next();
        assertThat(sent).isEqualTo(first);
        add(second);
        assertThat(next()).isNull();
        assertThat(position()).isEqualTo(0);

        backlog.answered(sent, Answer.TAKEN, now);

        assertThat(position()).isEqualTo(1);
        QueuedMessage update = next();
        assertThat(update).isEqualTo(second.after(first.sent()));
        backlog.answered(update, Answer.TAKEN, now);
        assertThat(position()).isEqualTo(2);
        assertThat(backlog.isEmpty()).isTrue();
        assertThat(backlog.bytes()).isZero();
    }

    @Test
    void skipsAnOlderRevisionThatComesLater() {
        add(message(0, "a", 5, 50, now), message(1, "a", 4, 50, now));

        assertThat(backlog.drainOutcomes())
                .extracting(Outcome::result)
                .containsOnly(Result.SKIPPED);
        assertThat(next().revision()).isEqualTo(5);
    }

    @Test
    void sendsNothingOlderThanWhatWillBeAdded() {
        backlog.foresee(message(0, "a", 1, 50, now));
        backlog.foresee(message(1, "a", 2, 50, now));
        add(message(0, "a", 1, 50, now));
        assertThat(next()).isNull();
        add(message(1, "a", 2, 50, now));

        assertThat(next().revision()).isEqualTo(2);
    }

    @Test
    void theNextRevisionOfARejectedMessageStillGoes() {
        QueuedMessage first = message(0, "a", 1, 50, now);
        QueuedMessage second = message(1, "a", 2, 50, now);
        add(first);
        backlog.answered(next(), Answer.rejected("HTTP 400"), now);
        add(second);

        assertThat(next()).isEqualTo(second);
        assertThat(backlog.drainOutcomes())
                .containsExactly(new Outcome(first, Result.REJECTED, "HTTP 400"));
        assertThat(backlog.isOpen()).isFalse();
    }

    /** As behind a proxy whose application is not up yet. */
    @Test
    void whatRejectsEachMessageLosesNoMoreThanOpensTheBreaker() {
        for (int i = 0; i < 50; i++) {
            add(message(i, "i" + i, 1, 50, now));
        }
        for (int second = 0; second < 100; second++) {
            answerAll(Answer.rejected("HTTP 404"));
            now += 1_000;
        }
        assertThat(backlog.isOpen()).isTrue();
        int lost = backlog.drainOutcomes().size();
        assertThat(lost).isBetween(Breaker.MAX_FAILURES, 20);
        now += 30_000;
        answerAll(Answer.TAKEN);
        now += 1_000;
        answerAll(Answer.TAKEN);
        assertThat(backlog.isOpen()).isFalse();
        assertThat(backlog.drainOutcomes())
                .hasSize(50 - lost)
                .allMatch(outcome -> outcome.result() == Result.DELIVERED);
    }

    @Test
    void whatCannotBeSentSaysNothingAboutTheReceiver() {
        for (int i = 0; i < 50; i++) {
            add(message(i, "i" + i, 1, 50, now));
        }
        answerAll(Answer.unsendable("too large"));
        assertThat(backlog.isOpen()).isFalse();
        assertThat(backlog.drainOutcomes())
                .hasSize(50)
                .allMatch(outcome -> outcome.result() == Result.REJECTED);
    }

    private void answerAll(Answer answer) {
        for (QueuedMessage sent = next(); sent != null; sent = next()) {
            backlog.answered(sent, answer, now);
        }
    }

    @Test
    void expiresWhatIsTooOld() {
        QueuedMessage old = message(0, "a", 1, 90, now - 3_600_001);
        add(old, message(1, "b", 1, 50, now - 3_600_000));

        assertThat(next().incidentId()).isEqualTo("b");
        assertThat(backlog.drainOutcomes())
                .containsExactly(new Outcome(old, Result.EXPIRED, "older than PT1H"));
    }

    @Test
    void opensAfterFailuresInARowAndReturnsByPriority() {
        add(message(0, "a", 1, 50, now + 3_000_000));
        fail(Breaker.MAX_FAILURES);
        assertThat(next()).as("open").isNull();
        add(message(1, "b", 1, 60, now), message(2, "c", 1, 90, now));
        assertThat(next()).as("still open").isNull();

        now += 1_000;
        QueuedMessage probe = next();
        assertThat(probe.incidentId()).isEqualTo("c");
        assertThat(next().incidentId()).as("least recently tried").isEqualTo("b");
        assertThat(next()).as("two probes").isNull();

        backlog.answered(probe, Answer.TAKEN, now);
        assertThat(next().incidentId()).as("without its wait").isEqualTo("a");
    }

    @Test
    void aMessageAtWhichTheFarEndFailsHoldsNoOtherBack() {
        add(message(0, "poison", 1, 90, now + 3_000_000));
        fail(Breaker.MAX_FAILURES);
        add(message(1, "b", 1, 50, now));
        now += 1_000;
        QueuedMessage poison = next();
        QueuedMessage other = next();
        assertThat(other.incidentId()).isEqualTo("b");
        backlog.answered(poison, FAILED, now);
        backlog.answered(other, Answer.TAKEN, now);

        assertThat(backlog.isOpen()).isFalse();
        assertThat(next()).as("waits for itself").isNull();
    }

    @Test
    void theMostUrgentDoesNotWaitForItsManyProbes() {
        add(message(0, "urgent", 1, 90, now + 3_000_000));
        fail(Breaker.MAX_FAILURES);
        for (int i = 0; i < 20; i++) {
            now += 30_000;
            backlog.answered(next(), FAILED, now);
        }
        add(message(1, "b", 1, 50, now));
        now += 30_000;
        QueuedMessage urgent = next();
        QueuedMessage other = next();
        backlog.answered(urgent, FAILED, now);
        backlog.answered(other, Answer.TAKEN, now);
        now += 16_000;

        assertThat(next().incidentId()).isEqualTo("urgent");
    }

    @Test
    void probesTakeTurnsWhereOnlyOneMayBeUnderWay() {
        Backlog single = new Backlog(new Limits(1, 1000, Duration.ofHours(1), false));
        single.add(message(0, "poison", 1, 90, now + 3_000_000));
        for (int i = 0; i < Breaker.MAX_FAILURES; i++) {
            now += 400_000;
            single.answered(single.next(now), FAILED, now);
        }
        single.add(message(1, "b", 1, 50, now));
        now += 1_000;
        QueuedMessage poison = single.next(now);
        assertThat(poison.incidentId()).isEqualTo("poison");
        assertThat(single.next(now)).as("one at a time").isNull();
        single.answered(poison, FAILED, now);
        now += 30_000;
        QueuedMessage other = single.next(now);
        assertThat(other.incidentId()).isEqualTo("b");
        single.answered(other, Answer.TAKEN, now);

        assertThat(single.isOpen()).isFalse();
    }

    @Test
    void obeysRetryAfterUpToAnHour() {
        add(message(0, "a", 1, 50, now));
        backlog.answered(next(), Answer.failed("HTTP 429", Duration.ofSeconds(60)), now);

        now += 59_999;
        assertThat(next()).isNull();
        now += 1;
        QueuedMessage again = next();
        assertThat(again).isNotNull();
        backlog.answered(again, Answer.failed("HTTP 429", Duration.ofDays(3650)), now);
        add(message(1, "b", 1, 50, now + 3_600_000));
        now += 3_600_000;
        assertThat(next()).isNotNull();
    }

    @Test
    void afterTheEndEverythingIsRejectedAndThePositionStays() {
        QueuedMessage first = message(0, "a", 1, 50, now);
        add(first, message(1, "b", 1, 40, now), message(2, "c", 1, 30, now));
        QueuedMessage sent = next();
        QueuedMessage second = next();
        backlog.answered(sent, Answer.gone("HTTP 410").saying("no a"), now);
        backlog.answered(second, Answer.TAKEN, now);
        add(message(3, "d", 1, 99, now));

        assertThat(next()).isNull();
        assertThat(backlog.drainOutcomes())
                .extracting(
                        each ->
                                each.message().incidentId()
                                        + " "
                                        + each.result()
                                        + " "
                                        + each.reason())
                .containsExactly(
                        "c REJECTED HTTP 410",
                        "a REJECTED HTTP 410: no a",
                        "b DELIVERED null",
                        "d REJECTED HTTP 410");
        assertThat(position()).isEqualTo(0);
        assertThat(backlog.bytes()).isZero();
    }

    @Test
    void leavesOutWhatAnotherProcessReads() {
        QueuedMessage first = message(0, "a", 1, 50, now);
        add(first, message(1, "b", 1, 40, now));
        QueuedMessage sent = next();
        backlog.revoke(List.of(new TopicPartition("queue", 0)));
        backlog.answered(sent, Answer.TAKEN, now);

        assertThat(next()).isNull();
        assertThat(backlog.drainOutcomes()).isEmpty();
        assertThat(backlog.positions()).isEmpty();
        assertThat(backlog.bytes()).isZero();
        assertThat(backlog.isUnderWay()).isFalse();
    }
}
