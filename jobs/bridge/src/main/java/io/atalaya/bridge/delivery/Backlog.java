package io.atalaya.bridge.delivery;

import io.atalaya.contracts.dispatch.Delivery;
import io.atalaya.contracts.topic.RawRecord;

import org.apache.kafka.common.TopicPartition;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableSet;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
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
 * <p>Where a destination waits for the audit, a message is sent only once it is recorded there.
 * After a stop of the notary nothing of it is sent before all of it is recorded, as after an
 * outage.
 *
 * <p>It has no clock and does no input or output. A partition's progress ends before the first
 * message without an outcome, so that a restart reads all of these again.
 */
public final class Backlog {
    private static final int MAX_TAKEN = 20_000;

    /** The notary is at work if it records a message so soon. */
    static final long AUDITED_WITHIN_MS = 5_000;

    private static final long MIN_RETRY_MS = 1_000;
    private static final long MAX_RETRY_MS = 5 * 60_000;

    private static final Comparator<Entry> BY_PRIORITY =
            Comparator.comparingInt((Entry entry) -> -entry.waiting.priority())
                    .thenComparingLong(entry -> entry.waiting.record().timestamp())
                    .thenComparing(entry -> entry.waiting.subject());

    private static final Comparator<Entry> BY_RETRY =
            Comparator.comparingLong((Entry entry) -> entry.retryAt)
                    .thenComparing(entry -> entry.waiting.subject());

    private static final Comparator<Entry> BY_AGE =
            Comparator.comparingLong((Entry entry) -> entry.waiting.record().timestamp())
                    .thenComparing(entry -> entry.waiting.subject());

    private final Limits limits;
    private final Breaker breaker = new Breaker();
    private final Map<String, Entry> entries = new HashMap<>();
    private final NavigableSet<Entry> ready = new TreeSet<>(BY_PRIORITY);

    /** Failed before and to be tried again later. */
    private final NavigableSet<Entry> delayed = new TreeSet<>(BY_RETRY);

    /** Not in the audit yet. */
    private final NavigableSet<Entry> unaudited = new TreeSet<>(BY_AGE);

    /** In the audit, which may have to catch up. */
    private final Set<Entry> audited = new HashSet<>();

    private final Map<TopicPartition, AuditedOffsets> audit = new HashMap<>();

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

    /** Where only one message may be under way: whether it takes the turn of the second probe. */
    private boolean isTurnOfSecond;

    /** Why the destination has ended, or null. */
    private String end;

    /**
     * @param maxInFlight messages that may be under way, each of another incident
     * @param maxBytes when more wait, no more should be added
     * @param expireAfter age from which a message is not sent any more
     * @param awaitsAudit whether a message is sent only once the audit has it
     */
    public record Limits(
            int maxInFlight, long maxBytes, Duration expireAfter, boolean awaitsAudit) {}

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
        boolean isAudited;
        int failures;
        long retryAt;
        long triedAt;
    }

    /** How far a partition has been read, and which of its messages have no outcome. */
    private static final class Progress {
        long next;
        final TreeMap<Long, Entry> open = new TreeMap<>();
    }

    public Backlog(Limits limits) {
        this.limits = limits;
    }

    /**
     * Notes a message that will be added. After a restart, messages that were sent before are read
     * again; none of these may be sent before the newest one is known.
     */
    public void foresee(QueuedMessage message) {
        foreseen.merge(message.subject(), message.revision(), Math::max);
    }

    /** Notes what the destination took before this process. */
    public void remember(String subject, QueuedMessage.Sent sent) {
        taken.put(subject, sent);
    }

    /** Adds a message; those of a partition come in the order of their offsets. */
    public void add(QueuedMessage message) {
        if (end != null) {
            outcomes.add(new Outcome(message, Delivery.Result.REJECTED, end));
            return;
        }
        progress(message).next = message.record().offset() + 1;
        long newest = newest(message.subject());
        if (message.revision() < newest) {
            outcomes.add(skipped(message, newest));
            return;
        }
        foreseen.remove(message.subject());
        Entry entry = entries.computeIfAbsent(message.subject(), id -> new Entry());
        progress(message).open.put(message.record().offset(), entry);
        bytes += message.bytes();
        unqueue(entry);
        if (entry.waiting != null) {
            resolve(skipped(entry.waiting, message.revision()));
        }
        entry.waiting = message;
        entry.failures = 0;
        entry.retryAt = 0;
        entry.isAudited = !limits.awaitsAudit();
        if (limits.awaitsAudit() && audit(partition(message)).take(message)) {
            recorded(entry);
        } else {
            queue(entry);
        }
    }

    /** Takes what the audit says of a message, which may still be to be added. */
    public void audited(TopicPartition partition, long offset, String sha256) {
        Progress read = progress.get(partition);
        if (read == null || offset >= read.next) {
            audit(partition).addAhead(offset, sha256);
            return;
        }
        audit(partition).add(offset);
        Entry entry = read.open.get(offset);
        if (entry != null
                && !entry.isAudited
                && entry.waiting != null
                && entry.waiting.record().offset() == offset
                && AuditedOffsets.isOf(sha256, entry.waiting)) {
            unqueue(entry);
            recorded(entry);
        }
    }

    private void recorded(Entry entry) {
        entry.isAudited = true;
        if (entry.underWay == null) {
            audited.add(entry);
        }
    }

    private AuditedOffsets audit(TopicPartition partition) {
        return audit.computeIfAbsent(partition, each -> new AuditedOffsets());
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
        foreseen.remove(message.subject());
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
        while (!unaudited.isEmpty() && isExpired(unaudited.first(), now)) {
            expire(unaudited.pollFirst(), now);
        }
        if (!audited.isEmpty()) {
            if (isAuditBehind(now)) {
                return null;
            }
            ready.addAll(audited);
            audited.clear();
        }
        while (end == null && underWay < breaker.permits(now, limits.maxInFlight())) {
            while (!delayed.isEmpty() && (breaker.isProbing() || delayed.first().retryAt <= now)) {
                ready.add(delayed.pollFirst());
            }
            if (ready.isEmpty()) {
                return null;
            }
            boolean isSecondProbe =
                    breaker.isProbing()
                            && (limits.maxInFlight() == 1 ? isTurnOfSecond : underWay > 0);
            isTurnOfSecond = breaker.isProbing() && !isTurnOfSecond;
            // The second probe must not fail with the first where that is what the far end fails
            // at.
            Entry entry =
                    isSecondProbe
                            ? ready.stream()
                                    .min(Comparator.comparingLong(each -> each.triedAt))
                                    .orElseThrow()
                            : ready.first();
            ready.remove(entry);
            if (isExpired(entry, now)) {
                expire(entry, now);
                continue;
            }
            QueuedMessage message = entry.waiting;
            entry.waiting = null;
            entry.underWay = message.after(taken.get(message.subject()));
            entry.triedAt = now;
            underWay++;
            return entry.underWay;
        }
        return null;
    }

    private boolean isExpired(Entry entry, long now) {
        return now >= entry.waiting.expiresAt()
                || now - entry.waiting.record().timestamp() > limits.expireAfter().toMillis();
    }

    private void expire(Entry entry, long now) {
        String reason =
                now >= entry.waiting.expiresAt()
                        ? "not valid any more"
                        : "older than " + limits.expireAfter();
        reason += entry.isAudited ? "" : ", not audited";
        resolve(new Outcome(entry.waiting, Delivery.Result.EXPIRED, reason));
        entries.remove(entry.waiting.subject());
        entry.waiting = null;
    }

    /** Keeps a message that was not taken for another try, unless a newer revision waits. */
    private void keep(Entry entry, QueuedMessage message, boolean isProbe, long now) {
        if (end != null) {
            resolve(new Outcome(message, Delivery.Result.REJECTED, end));
        } else if (entry.waiting == null) {
            entry.waiting = message;
            entry.isAudited = true;
            // That the far end is down says nothing about the message: the most urgent one, which
            // is tried all the time, must not wait for minutes when others are taken.
            entry.failures = Math.max(1, entry.failures + (isProbe ? 0 : 1));
            entry.retryAt = now + retryMillis(entry.failures);
        } else {
            resolve(skipped(message, entry.waiting.revision()));
        }
    }

    /** Takes the answer to a message that was under way. */
    public void answered(QueuedMessage message, Answer answer, long now) {
        Entry entry = entries.get(message.subject());
        if (entry == null || entry.underWay != message) {
            // Its partition went to another process, which sends it again.
            return;
        }
        entry.underWay = null;
        underWay--;
        switch (answer.kind()) {
            case TAKEN -> {
                breaker.succeeded();
                taken.put(message.subject(), message.sent());
                resolve(new Outcome(message, Delivery.Result.DELIVERED, null));
            }
            case UNSENDABLE ->
                    resolve(new Outcome(message, Delivery.Result.REJECTED, answer.whole()));
            case REJECTED -> {
                // If all messages are rejected, a proxy or a wrong secret is why and not this one.
                boolean isProbe = breaker.isProbing();
                breaker.failed(now, null);
                if (isProbe) {
                    keep(entry, message, true, now);
                } else {
                    resolve(new Outcome(message, Delivery.Result.REJECTED, answer.whole()));
                }
            }
            case GONE -> {
                // All other messages are rejected with it, so it is nothing that repeats this one.
                end(answer.reason());
                resolve(new Outcome(message, Delivery.Result.REJECTED, answer.whole()));
            }
            case FAILED -> {
                boolean isProbe = breaker.isProbing();
                breaker.failed(now, answer.retryAfter());
                keep(entry, message, isProbe, now);
            }
        }
        if (entry.waiting == null) {
            entries.remove(message.subject());
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
        partitions.forEach(audit::remove);
        foreseen.clear();
    }

    /** Whether so much waits that no more should be added. */
    public boolean isFull() {
        return bytes >= limits.maxBytes();
    }

    /** How many messages wait for the audit. */
    public int unaudited() {
        return unaudited.size();
    }

    /** Whether messages wait that the notary should have recorded, and it has none after them. */
    public boolean isAuditBehind(long now) {
        for (Entry entry : unaudited) {
            RawRecord record = entry.waiting.record();
            if (now - record.timestamp() <= AUDITED_WITHIN_MS) {
                return false;
            }
            if (!audit(partition(entry.waiting)).isPast(record.offset())) {
                return true;
            }
        }
        return false;
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
                                partition, each.open.isEmpty() ? each.next : each.open.firstKey()));
        return positions;
    }

    /**
     * Every message is rejected from now on, so that dispatch asks others; but the positions stay,
     * so that a restart sends what the destination has missed.
     */
    public void end(String reason) {
        end = reason;
        ready.clear();
        delayed.clear();
        unaudited.clear();
        audited.clear();
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
            (!entry.isAudited ? unaudited : entry.retryAt == 0 ? ready : delayed).add(entry);
        }
    }

    private void unqueue(Entry entry) {
        if (entry.waiting != null) {
            ready.remove(entry);
            delayed.remove(entry);
            unaudited.remove(entry);
            audited.remove(entry);
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
