package io.atalaya.bridge.delivery;

import io.atalaya.contracts.dispatch.Delivery;

import org.apache.kafka.common.TopicPartition;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableSet;
import java.util.Objects;
import java.util.TreeSet;
import java.util.stream.Stream;

/**
 * What one destination has not taken yet, and what it is sent next. Each message is the whole
 * incident, so only the newest one of an incident waits; older ones are skipped.
 *
 * <pre>
 * add ─> waiting, one an incident ─ next: highest priority first ─> under way ─ answered ─> outcomes
 *          ^   └ newer revision: skipped; too old: expired                │
 *          └────────────────── failed, after a wait ─────────────────────┘
 * </pre>
 *
 * <p>It has no clock and does no input or output. A partition's progress ends before the first
 * message without an outcome, so that a restart reads all of these again.
 */
public final class Backlog {
    private static final int MAX_TAKEN = 20_000;

    private static final long MIN_RETRY_MS = 1_000;
    private static final long MAX_RETRY_MS = 5 * 60_000;

    private static final Comparator<Entry> BY_PRIORITY =
            Comparator.comparingInt((Entry entry) -> -entry.waiting.priority())
                    .thenComparingLong(entry -> entry.waiting.record().timestamp())
                    .thenComparing(entry -> entry.waiting.incidentId());

    private static final Comparator<Entry> BY_RETRY =
            Comparator.comparingLong((Entry entry) -> entry.retryAt)
                    .thenComparing(entry -> entry.waiting.incidentId());

    private final Limits limits;
    private final Breaker breaker = new Breaker();
    private final Map<String, Entry> entries = new HashMap<>();
    private final NavigableSet<Entry> ready = new TreeSet<>(BY_PRIORITY);

    /** Failed before and to be tried again later. */
    private final NavigableSet<Entry> delayed = new TreeSet<>(BY_RETRY);

    /** Newest revisions of incidents that are still to be added. */
    private final Map<String, Long> foreseen = new HashMap<>();

    /** The last messages that were taken, of the latest incidents. */
    private final Map<String, QueuedMessage.Sent> taken =
            new LinkedHashMap<>(16, 0.75f, true) {
                private static final long serialVersionUID = 1L;

                @Override
                protected boolean removeEldestEntry(Map.Entry<String, QueuedMessage.Sent> eldest) {
                    return size() > MAX_TAKEN;
                }
            };

    private final Map<TopicPartition, Progress> progress = new HashMap<>();
    private final List<Outcome> outcomes = new ArrayList<>();
    private long bytes;
    private int underWay;

    /** Why the destination has ended, or null. */
    private String end;

    /**
     * @param maxInFlight messages that may be under way, each of another incident
     * @param maxBytes when more wait, no more should be added
     * @param expireAfter age from which a message is not sent any more
     */
    public record Limits(int maxInFlight, long maxBytes, Duration expireAfter) {}

    /**
     * What became of a message.
     *
     * @param reason for people, or null
     */
    public record Outcome(QueuedMessage message, Delivery.Result result, String reason) {}

    /** The messages of an incident: at most one under way and one waiting. */
    private static final class Entry {
        QueuedMessage underWay;
        QueuedMessage waiting;
        int failures;
        long retryAt;
        long triedAt;
    }

    /** How far a partition has been read, and which of its messages have no outcome. */
    private static final class Progress {
        long next;
        final TreeSet<Long> open = new TreeSet<>();
    }

    public Backlog(Limits limits) {
        this.limits = limits;
    }

    /**
     * Notes a message that will be added. After a restart, messages that were sent before are read
     * again; none of these may be sent before the newest one is known.
     */
    public void foresee(QueuedMessage message) {
        foreseen.merge(message.incidentId(), message.revision(), Math::max);
    }

    /** Adds a message; those of a partition come in the order of their offsets. */
    public void add(QueuedMessage message) {
        if (end != null) {
            outcomes.add(new Outcome(message, Delivery.Result.REJECTED, end));
            return;
        }
        progress(message).next = message.record().offset() + 1;
        long newest = newest(message.incidentId());
        if (message.revision() < newest) {
            outcomes.add(skipped(message, newest));
            return;
        }
        foreseen.remove(message.incidentId());
        Entry entry = entries.computeIfAbsent(message.incidentId(), id -> new Entry());
        progress(message).open.add(message.record().offset());
        bytes += message.bytes();
        unqueue(entry);
        if (entry.waiting != null) {
            resolve(skipped(entry.waiting, message.revision()));
        }
        entry.waiting = message;
        entry.failures = 0;
        entry.retryAt = 0;
        queue(entry);
    }

    /** The newest revision of an incident that is known. */
    private long newest(String incidentId) {
        long newest = foreseen.getOrDefault(incidentId, 0L);
        Entry entry = entries.get(incidentId);
        if (entry != null) {
            QueuedMessage last = entry.waiting == null ? entry.underWay : entry.waiting;
            newest = Math.max(newest, last.revision());
        }
        return newest;
    }

    /** Adds a message that the destination does not receive. */
    public void skip(QueuedMessage message, String reason) {
        pass(message.record().topic(), message.record().partition(), message.record().offset());
        foreseen.remove(message.incidentId());
        outcomes.add(new Outcome(message, Delivery.Result.SKIPPED, reason));
    }

    /** Leaves out a record that is no message. */
    public void pass(String topic, int partition, long offset) {
        if (end == null) {
            progress(new TopicPartition(topic, partition)).next = offset + 1;
        }
    }

    /** The message to send now, or null. It is under way until it is answered. */
    public QueuedMessage next(long now) {
        while (end == null && underWay < breaker.permits(now, limits.maxInFlight())) {
            while (!delayed.isEmpty() && (breaker.isProbing() || delayed.first().retryAt <= now)) {
                ready.add(delayed.pollFirst());
            }
            if (ready.isEmpty()) {
                return null;
            }
            // The second probe must not fail with the first where that is what the far end fails
            // at.
            Entry entry =
                    breaker.isProbing() && underWay > 0
                            ? ready.stream()
                                    .min(Comparator.comparingLong(each -> each.triedAt))
                                    .orElseThrow()
                            : ready.first();
            ready.remove(entry);
            QueuedMessage message = entry.waiting;
            entry.waiting = null;
            if (now - message.record().timestamp() > limits.expireAfter().toMillis()) {
                String reason = "older than " + limits.expireAfter();
                resolve(new Outcome(message, Delivery.Result.EXPIRED, reason));
                entries.remove(message.incidentId());
                continue;
            }
            entry.underWay = message.after(taken.get(message.incidentId()));
            entry.triedAt = now;
            underWay++;
            return entry.underWay;
        }
        return null;
    }

    /** Takes the answer to a message that was under way. */
    public void answered(QueuedMessage message, Answer answer, long now) {
        Entry entry = entries.get(message.incidentId());
        if (entry == null || entry.underWay != message) {
            // Its partition went to another process, which sends it again.
            return;
        }
        entry.underWay = null;
        underWay--;
        switch (answer.kind()) {
            case TAKEN -> {
                breaker.succeeded();
                taken.put(message.incidentId(), message.sent());
                resolve(new Outcome(message, Delivery.Result.DELIVERED, null));
            }
            case REJECTED -> {
                breaker.succeeded();
                resolve(new Outcome(message, Delivery.Result.REJECTED, answer.reason()));
            }
            case GONE -> {
                end(answer.reason());
                resolve(new Outcome(message, Delivery.Result.REJECTED, end));
            }
            case FAILED -> {
                breaker.failed(now, answer.retryAfter());
                if (end != null) {
                    resolve(new Outcome(message, Delivery.Result.REJECTED, end));
                } else if (entry.waiting == null) {
                    entry.waiting = message;
                    entry.failures++;
                    entry.retryAt = now + retryMillis(entry.failures);
                } else {
                    resolve(skipped(message, entry.waiting.revision()));
                }
            }
        }
        if (entry.waiting == null) {
            entries.remove(message.incidentId());
        } else {
            queue(entry);
        }
    }

    /** Removes what belongs to partitions that another process reads from now on. */
    public void revoke(Collection<TopicPartition> partitions) {
        entries.values()
                .removeIf(
                        entry -> {
                            QueuedMessage any =
                                    entry.waiting == null ? entry.underWay : entry.waiting;
                            if (!partitions.contains(partition(any))) {
                                return false;
                            }
                            unqueue(entry);
                            bytes -= entry.waiting == null ? 0 : entry.waiting.bytes();
                            if (entry.underWay != null) {
                                bytes -= entry.underWay.bytes();
                                underWay--;
                            }
                            return true;
                        });
        partitions.forEach(progress::remove);
        foreseen.clear();
    }

    /** Whether so much waits that no more should be added. */
    public boolean isFull() {
        return bytes >= limits.maxBytes();
    }

    /** Whether messages are under way. */
    public boolean isUnderWay() {
        return underWay > 0;
    }

    /** Whether no message waits or is under way. */
    public boolean isEmpty() {
        return entries.isEmpty();
    }

    /** How many messages wait or are under way. */
    public int size() {
        return underWay
                + (int) entries.values().stream().filter(entry -> entry.waiting != null).count();
    }

    /** The time of the oldest message that waits or is under way; the latest time if none does. */
    public long oldest() {
        return entries.values().stream()
                .flatMap(entry -> Stream.of(entry.underWay, entry.waiting))
                .filter(Objects::nonNull)
                .mapToLong(message -> message.record().timestamp())
                .min()
                .orElse(Long.MAX_VALUE);
    }

    /** How many bytes of messages wait or are under way. */
    public long bytes() {
        return bytes;
    }

    /** Whether the far end is spared at present. */
    public boolean isOpen() {
        return breaker.isProbing();
    }

    /** Why the destination has ended, or null. */
    public String end() {
        return end;
    }

    /** What became of messages since the last call. */
    public List<Outcome> drainOutcomes() {
        List<Outcome> drained = List.copyOf(outcomes);
        outcomes.clear();
        return drained;
    }

    /** The offsets from which a restart has to read. */
    public Map<TopicPartition, Long> positions() {
        Map<TopicPartition, Long> positions = new HashMap<>();
        progress.forEach(
                (partition, each) ->
                        positions.put(
                                partition, each.open.isEmpty() ? each.next : each.open.first()));
        return positions;
    }

    /**
     * Every message is rejected from now on, so that dispatch asks others; but the positions stay,
     * so that a restart sends what the destination has missed.
     */
    private void end(String reason) {
        end = reason;
        ready.clear();
        delayed.clear();
        for (Entry entry : entries.values()) {
            if (entry.waiting != null) {
                resolve(new Outcome(entry.waiting, Delivery.Result.REJECTED, end));
                entry.waiting = null;
            }
        }
        entries.values().removeIf(entry -> entry.underWay == null && entry.waiting == null);
    }

    private static Outcome skipped(QueuedMessage older, long newer) {
        return new Outcome(
                older, Delivery.Result.SKIPPED, "revision " + newer + " is sent instead");
    }

    private void resolve(Outcome outcome) {
        outcomes.add(outcome);
        bytes -= outcome.message().bytes();
        if (end == null) {
            progress(outcome.message()).open.remove(outcome.message().record().offset());
        }
    }

    private void queue(Entry entry) {
        if (entry.underWay == null) {
            (entry.retryAt == 0 ? ready : delayed).add(entry);
        }
    }

    private void unqueue(Entry entry) {
        if (entry.waiting != null) {
            ready.remove(entry);
            delayed.remove(entry);
        }
    }

    private Progress progress(QueuedMessage message) {
        return progress(partition(message));
    }

    private Progress progress(TopicPartition partition) {
        return progress.computeIfAbsent(partition, each -> new Progress());
    }

    private static TopicPartition partition(QueuedMessage message) {
        return new TopicPartition(message.record().topic(), message.record().partition());
    }

    private static long retryMillis(int failures) {
        return Math.min(MAX_RETRY_MS, MIN_RETRY_MS << Math.min(20, failures - 1));
    }
}
