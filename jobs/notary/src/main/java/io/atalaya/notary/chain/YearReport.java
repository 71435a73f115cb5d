package io.atalaya.notary.chain;

import io.atalaya.contracts.audit.AuditRecord;
import io.atalaya.contracts.audit.AuditRecord.Envelope;
import io.atalaya.contracts.audit.LookUp;
import io.atalaya.contracts.topic.Sha256;
import io.atalaya.contracts.topic.Topics;

import it.unimi.dsi.fastutil.longs.LongOpenHashSet;
import it.unimi.dsi.fastutil.longs.LongSet;

import java.nio.ByteBuffer;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;

import static java.nio.charset.StandardCharsets.UTF_8;

/**
 * The transparency report: how many messages, deliveries, answers, decisions and look-ups a span
 * had, and how soon incidents were answered, from the audit alone. What was sent again with the
 * same id counts once.
 */
public final class YearReport {
    private static final String ASSIGN = "ASSIGN";

    /** The answers that are measured, with the limits of the Norma Técnica for 9-1-1, in s. */
    private static final Map<String, Integer> LIMITS =
            new TreeMap<>(Map.of("ACKNOWLEDGE", 90, "ACCEPT", 120, "ON_SCENE", 600));

    /** What becomes of an event, with the words for it. */
    private static final List<String> FATES =
            List.of("OPENED", "ATTACHED", "CANDIDATE", "SUPPRESSED");

    private final long from;
    private final long to;

    /** Numbers by topic and the cells of a row. */
    private final Map<String, Map<String, Long>> counts = new TreeMap<>();

    /** Numbers by the source of events and what became of them. */
    private final Map<String, Map<String, Long>> fates = new TreeMap<>();

    /** Numbers by the kind of look-up, and of what else a program records among these. */
    private final Map<String, Long> lookUps = new TreeMap<>();

    private final Map<String, Long> otherActs = new TreeMap<>();

    /** Hashes of the ids that were counted. */
    private final LongSet counted = new LongOpenHashSet();

    /** The first time of each purpose, by incident. */
    private final Map<String, Map<String, Long>> incidents = new HashMap<>();

    /**
     * @param from epoch ms
     * @param to epoch ms, excluded
     */
    public YearReport(long from, long to) {
        this.from = from;
        this.to = to;
    }

    /** Takes a record of the audit, in any order. */
    public void add(AuditRecord record) {
        Envelope envelope = record.envelope();
        boolean isAnswer =
                envelope.topic().equals(Topics.DISPATCH_RESPONSES)
                        && LIMITS.containsKey(envelope.purpose());
        boolean isAssignment =
                Topics.QUEUES.containsValue(envelope.topic()) && envelope.purpose().equals(ASSIGN);
        // An answer to an assignment of the span may be later than the span.
        if (envelope.incidentId() != null && (isAnswer || isAssignment)) {
            incidents
                    .computeIfAbsent(envelope.incidentId(), id -> new HashMap<>(4))
                    .merge(envelope.purpose(), envelope.time(), Math::min);
        }
        if (isInSpan(envelope.time()) && isFirst(envelope)) {
            count(envelope);
        }
    }

    private boolean isFirst(Envelope envelope) {
        return envelope.id() == null
                || counted.add(
                        ByteBuffer.wrap(
                                        Sha256.digest()
                                                .digest(
                                                        (envelope.topic() + ' ' + envelope.id())
                                                                .getBytes(UTF_8)))
                                .getLong());
    }

    private void count(Envelope envelope) {
        boolean isFate =
                envelope.topic().equals(Topics.DECISIONS)
                        && envelope.who() != null
                        && FATES.contains(envelope.purpose());
        if (isFate) {
            fates.computeIfAbsent(envelope.who(), source -> new HashMap<>())
                    .merge(envelope.purpose(), 1L, Long::sum);
        }
        if (envelope.topic().equals(Topics.LOOK_UPS)) {
            (LookUp.KINDS.contains(envelope.purpose()) ? lookUps : otherActs)
                    .merge(text(envelope.purpose()), 1L, Long::sum);
        } else {
            boolean isReceiver = !envelope.topic().equals(Topics.DISPATCH_RESPONSES);
            counts.computeIfAbsent(envelope.topic(), topic -> new TreeMap<>())
                    .merge(
                            String.join(
                                    " | ",
                                    isReceiver ? text(envelope.who()) : "",
                                    envelope.purpose(),
                                    text(envelope.reason())),
                            1L,
                            Long::sum);
        }
    }

    private boolean isInSpan(long time) {
        return time >= from && time < to;
    }

    private static String text(String value) {
        return value == null ? "" : value.replace('|', '/');
    }

    /** The report in Markdown. */
    public String markdown() {
        StringBuilder out =
                new StringBuilder("# What was sent from %s to %s%n".formatted(at(from), at(to)));
        out.append("\n## How soon were incidents answered?\n\n");
        out.append("Of incidents that were assigned for the first time in this span.\n\n");
        out.append(
                "| Answer | Incidents | Median | 90 % within | Limit | Of these within the limit |\n");
        out.append("|---|---|---|---|---|---|\n");
        out.append("| assigned | ").append(assigned().size()).append(" | | | | |\n");
        LIMITS.forEach((answer, limit) -> out.append(row(answer, limit)));
        out.append("| none of these | ").append(withoutAnswer()).append(" | | | | |\n");
        out.append("\n## What became of alerts, calls and other events?\n\n");
        out.append("| Source | Opened an incident | Added to one | Waited for a person");
        out.append(" | Became none |\n|---|---|---|---|---|\n");
        fates.forEach(
                (source, numbers) -> {
                    out.append("| ").append(source);
                    FATES.forEach(fate -> out.append(" | ").append(numbers.getOrDefault(fate, 0L)));
                    out.append(" |\n");
                });
        out.append("\n## How many look-ups were there?\n\n").append(kinds(lookUps));
        if (!otherActs.isEmpty()) {
            out.append("\n## What else was done where people look things up?\n\n");
            out.append(kinds(otherActs));
        }
        counts.forEach(
                (topic, rows) -> {
                    out.append("\n## ").append(topic).append("\n\n");
                    out.append("| To | What | Reason | Number |\n|---|---|---|---|\n");
                    rows.forEach(
                            (cells, number) ->
                                    out.append("| %s | %d |%n".formatted(cells, number)));
                });
        return out.toString();
    }

    private static String kinds(Map<String, Long> numbers) {
        StringBuilder out = new StringBuilder("| Kind | Number |\n|---|---|\n");
        numbers.forEach((kind, number) -> out.append("| %s | %d |%n".formatted(kind, number)));
        return out.append(
                        "| all | %d |%n"
                                .formatted(numbers.values().stream().mapToLong(n -> n).sum()))
                .toString();
    }

    private static String at(long time) {
        return Instant.ofEpochMilli(time).toString();
    }

    private List<Map<String, Long>> assigned() {
        return incidents.values().stream()
                .filter(times -> times.containsKey(ASSIGN) && isInSpan(times.get(ASSIGN)))
                .toList();
    }

    private long withoutAnswer() {
        return assigned().stream().filter(times -> times.size() == 1).count();
    }

    private String row(String answer, int limit) {
        List<Long> seconds = new ArrayList<>();
        for (Map<String, Long> times : assigned()) {
            if (times.containsKey(answer)) {
                seconds.add(Math.max(0, times.get(answer) - times.get(ASSIGN)) / 1000);
            }
        }
        if (seconds.isEmpty()) {
            return "| %s | 0 | | | %d s | |%n".formatted(answer, limit);
        }
        Collections.sort(seconds);
        long within = seconds.stream().filter(each -> each <= limit).count();
        return String.format(
                Locale.ROOT,
                "| %s | %d | %d s | %d s | %d s | %.1f %% |%n",
                answer,
                seconds.size(),
                rank(seconds, 0.5),
                rank(seconds, 0.9),
                limit,
                100.0 * within / seconds.size());
    }

    /** The smallest value that the share of values does not exceed. */
    private static long rank(List<Long> sorted, double share) {
        return sorted.get((int) Math.ceil(share * sorted.size()) - 1);
    }
}
