package io.atalaya.bridge.delivery;

import io.atalaya.bridge.delivery.Backlog.Limits;
import io.atalaya.bridge.delivery.Backlog.Outcome;
import io.atalaya.contracts.dispatch.Delivery.Result;

import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.ShrinkingMode;
import net.jqwik.api.constraints.LongRange;
import org.apache.kafka.common.TopicPartition;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assertions.assertTrue;

/**
 * Random queues, far ends and restarts on a virtual clock. Whatever happens, nothing is lost, no
 * incident goes back to an older revision, and of what waits the most urgent goes first.
 */
class BacklogOrderTest {
    private static final int PARTITIONS = 2;
    private static final int INCIDENTS = 25;
    private static final int STEPS = 300;
    private static final int MAX_IN_FLIGHT = 4;
    private static final int MAX_BYTES = 15 * QueuedMessages.BYTES;

    /** Messages of one poll. */
    private static final int MAX_POLL = 10;

    private static final TopicPartition[] TOPIC = {
        new TopicPartition("queue", 0), new TopicPartition("queue", 1)
    };

    private enum FarEnd {
        HEALTHY,
        DOWN,
        FLAPPING,
        REJECTING,
        SLOW,
        LIMITING
    }

    @Property(tries = 100, shrinking = ShrinkingMode.OFF)
    void nothingIsLostAndTheOrderIsKept(@ForAll @LongRange(min = 0) long seed) {
        new Run(new Random(seed), MAX_BYTES, false).run();
    }

    /** Without a bound every message is known, so the order by priority is exact. */
    @Property(tries = 50, shrinking = ShrinkingMode.OFF)
    void theMostUrgentGoesFirst(@ForAll @LongRange(min = 0) long seed) {
        Run run = new Run(new Random(seed), Integer.MAX_VALUE, false);
        run.run();
        assertThat(run.picked).isPositive();
    }

    /** With a notary that is stopped at times, and an audit that is read in any order. */
    @Property(tries = 60, shrinking = ShrinkingMode.OFF)
    void nothingLeavesUnaudited(@ForAll @LongRange(min = 0) long seed) {
        int maxBytes = seed % 2 == 0 ? MAX_BYTES : Integer.MAX_VALUE;
        new Run(new Random(seed), maxBytes, true).run();
    }

    /** The queue, the far end and what is known of both. */
    private static final class Run {
        private final Random random;
        private final Limits limits;
        private final List<List<QueuedMessage>> log = List.of(new ArrayList<>(), new ArrayList<>());
        private final Map<String, Long> revisions = new HashMap<>();
        private final Map<String, Long> taken = new HashMap<>();
        private final Map<String, Set<Result>> results = new HashMap<>();
        private final List<QueuedMessage> underWay = new ArrayList<>();
        private final long[] read = new long[PARTITIONS];
        private final long[] committed = new long[PARTITIONS];
        private final int[] checked = new int[PARTITIONS];
        private final Map<String, QueuedMessage> waiting = new HashMap<>();

        /** How far the notary has recorded each partition of the queue. */
        private final int[] recorded = new int[PARTITIONS];

        /** The partitions of the audit, and how far they were read. */
        private final List<List<QueuedMessage>> audit =
                List.of(new ArrayList<>(), new ArrayList<>(), new ArrayList<>());

        private final int[] auditRead = new int[3];
        private final Set<String> known = new HashSet<>();
        private boolean isNotaryStopped;
        private Backlog backlog;
        private FarEnd farEnd = FarEnd.HEALTHY;
        private long now = 1_000_000;
        private int picked;

        Run(Random random, int maxBytes, boolean awaitsAudit) {
            this.random = random;
            limits = new Limits(MAX_IN_FLIGHT, maxBytes, Duration.ofHours(1), awaitsAudit);
            backlog = new Backlog(limits);
        }

        void run() {
            for (int i = 0; i < STEPS; i++) {
                step();
            }
            farEnd = FarEnd.HEALTHY;
            isNotaryStopped = false;
            for (int i = 0; i < 2_000 && !isDone(); i++) {
                now += 1_000;
                audit();
                poll();
                send();
                answer(1);
                check();
            }
            everythingHasAnOutcome();
        }

        private void step() {
            now += random.nextInt(3_000);
            if (random.nextInt(15) == 0) {
                farEnd = FarEnd.values()[random.nextInt(FarEnd.values().length)];
            }
            if (random.nextInt(60) == 0) {
                now += random.nextInt(7_200_000);
            }
            if (random.nextInt(40) == 0) {
                restart();
            }
            for (int i = random.nextInt(4); i > 0; i--) {
                append();
            }
            if (random.nextInt(30) == 0) {
                isNotaryStopped = !isNotaryStopped;
            }
            audit();
            poll();
            send();
            answer(farEnd == FarEnd.SLOW ? 0.1 : 0.7);
            check();
        }

        private void append() {
            String incident = "i" + random.nextInt(INCIDENTS);
            int partition = incident.hashCode() % PARTITIONS;
            long revision = revisions.merge(incident, 1L, Long::sum);
            List<QueuedMessage> records = log.get(partition);
            records.add(
                    QueuedMessages.message(
                            partition,
                            records.size(),
                            incident,
                            revision,
                            random.nextInt(100),
                            now));
        }

        /** Records some messages in one transaction, and reads some of what was recorded. */
        private void audit() {
            for (int i = isNotaryStopped ? 0 : random.nextInt(30); i > 0; i--) {
                int partition = random.nextInt(PARTITIONS);
                if (recorded[partition] < log.get(partition).size()) {
                    QueuedMessage message = log.get(partition).get(recorded[partition]++);
                    audit.get(message.incidentId().hashCode() % audit.size()).add(message);
                }
            }
            for (int i = random.nextInt(30); limits.awaitsAudit() && i > 0; i--) {
                int partition = random.nextInt(audit.size());
                if (auditRead[partition] < audit.get(partition).size()) {
                    QueuedMessage message = audit.get(partition).get(auditRead[partition]++);
                    known.add(message.eventId());
                    backlog.audited(
                            TOPIC[message.record().partition()],
                            message.record().offset(),
                            QueuedMessages.SHA256);
                }
            }
        }

        /** A process that was killed: what was under way may have been taken. */
        private void restart() {
            for (QueuedMessage message : underWay) {
                if (random.nextBoolean()) {
                    take(message);
                }
            }
            underWay.clear();
            waiting.clear();
            backlog = new Backlog(limits);
            Arrays.fill(auditRead, 0);
            known.clear();
            System.arraycopy(committed, 0, read, 0, PARTITIONS);
            for (int partition = 0; partition < PARTITIONS; partition++) {
                List<QueuedMessage> records = log.get(partition);
                records.subList((int) read[partition], records.size()).forEach(backlog::foresee);
            }
            // As after the start of a process, nothing is sent before all is read that may wait.
            while (!backlog.isFull() && poll()) {
                check();
            }
        }

        private boolean poll() {
            boolean hasRead = false;
            for (int i = 0; i < MAX_POLL && !backlog.isFull(); i++) {
                int partition = random.nextInt(PARTITIONS);
                if (read[partition] < log.get(partition).size()) {
                    QueuedMessage message = log.get(partition).get((int) read[partition]++);
                    backlog.add(message);
                    waiting.put(message.incidentId(), message);
                }
                hasRead |= read[0] < log.get(0).size() || read[1] < log.get(1).size();
            }
            return hasRead;
        }

        private void send() {
            for (QueuedMessage sent = backlog.next(now); sent != null; sent = backlog.next(now)) {
                String incident = sent.incidentId();
                assertTrue(
                        underWay.stream().noneMatch(each -> each.incidentId().equals(incident)),
                        incident);
                if (limits.awaitsAudit()) {
                    assertTrue(
                            sent.record().offset() < recorded[sent.record().partition()],
                            sent.eventId());
                }
                expired(backlog.drainOutcomes());
                if (!backlog.isOpen() && limits.maxBytes() == Integer.MAX_VALUE) {
                    assertMostUrgent(sent);
                }
                waiting.remove(incident);
                underWay.add(sent);
                picked++;
            }
        }

        /** Of what was never tried, nothing that waits is more urgent. */
        private void assertMostUrgent(QueuedMessage sent) {
            Set<String> busy = new HashSet<>();
            underWay.forEach(each -> busy.add(each.incidentId()));
            waiting.values().stream()
                    .filter(each -> !busy.contains(each.incidentId()))
                    .filter(each -> now - each.record().timestamp() <= 3_600_000)
                    .filter(each -> !limits.awaitsAudit() || known.contains(each.eventId()))
                    .forEach(
                            each -> assertTrue(each.priority() <= sent.priority(), each.eventId()));
        }

        private void answer(double share) {
            for (QueuedMessage sent : List.copyOf(underWay)) {
                if (random.nextDouble() > share) {
                    continue;
                }
                underWay.remove(sent);
                Answer answer = answerOf(sent);
                if (answer.kind() == Answer.Kind.TAKEN) {
                    take(sent);
                }
                backlog.answered(sent, answer, now);
            }
        }

        private Answer answerOf(QueuedMessage sent) {
            return switch (farEnd) {
                case DOWN -> Answer.failed("refused");
                case FLAPPING -> random.nextBoolean() ? Answer.TAKEN : Answer.failed("HTTP 500");
                case REJECTING ->
                        random.nextInt(4) == 0 ? Answer.rejected("HTTP 400") : Answer.TAKEN;
                case LIMITING ->
                        random.nextInt(3) == 0
                                ? Answer.failed("HTTP 429", Duration.ofSeconds(random.nextInt(90)))
                                : Answer.TAKEN;
                default -> Answer.TAKEN;
            };
        }

        private void take(QueuedMessage message) {
            assertTrue(
                    message.revision() >= taken.getOrDefault(message.incidentId(), 0L),
                    message.eventId());
            taken.put(message.incidentId(), message.revision());
        }

        private void check() {
            expired(backlog.drainOutcomes());
            backlog.positions()
                    .forEach((partition, position) -> committed[partition.partition()] = position);
            for (int partition = 0; partition < PARTITIONS; partition++) {
                for (; checked[partition] < committed[partition]; checked[partition]++) {
                    String id = log.get(partition).get(checked[partition]).eventId();
                    assertTrue(results.containsKey(id), id);
                }
            }
            assertTrue(
                    backlog.bytes() < limits.maxBytes() + (long) MAX_POLL * QueuedMessages.BYTES,
                    "memory");
        }

        private void expired(List<Outcome> outcomes) {
            for (Outcome each : outcomes) {
                results.computeIfAbsent(each.message().eventId(), id -> new HashSet<>())
                        .add(each.result());
                waiting.remove(each.message().incidentId(), each.message());
            }
        }

        private boolean isDone() {
            return backlog.isEmpty()
                    && read[0] == log.get(0).size()
                    && read[1] == log.get(1).size();
        }

        private void everythingHasAnOutcome() {
            assertThat(isDone()).isTrue();
            for (int partition = 0; partition < PARTITIONS; partition++) {
                assertThat(backlog.positions().getOrDefault(TOPIC[partition], committed[partition]))
                        .isEqualTo(log.get(partition).size());
                for (QueuedMessage each : log.get(partition)) {
                    assertTrue(results.containsKey(each.eventId()), each.eventId());
                    if (each.revision() == revisions.get(each.incidentId())) {
                        assertTrue(
                                !results.get(each.eventId()).contains(Result.SKIPPED),
                                "the last revision " + each.eventId());
                    }
                }
            }
        }
    }
}
