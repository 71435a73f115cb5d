package io.atalaya.dispatch.exchange;

import io.atalaya.dispatch.exchange.AgencyState.Report;

import java.time.Duration;
import java.util.HashMap;
import java.util.Map;

/**
 * What is known of the messages of another agency, so that each counts once and no older one undoes
 * a later one.
 */
public final class AgencyLog {
    /** Of each kind; a list of stolen vehicles has some 10,000 entries. */
    static final int MAX_SIZE = 100_000;

    /** Longer than any policy accepts, so that no policy accepts what is forgotten. */
    private static final long KEPT_SECONDS = Duration.ofHours(49).toSeconds();

    /** Between two looks for what is too old. */
    private static final long INTERVAL_SECONDS = 60;

    private final Map<String, Long> messages;
    private final Map<String, Long> entries;
    private final Map<String, Report> reports;
    private long lookedAt;
    private boolean isChanged;

    /** What one message adds. */
    static final class Addition {
        final Map<String, Long> entries = new HashMap<>();
        final Map<String, Report> reports = new HashMap<>();
        private final String messageId;
        private final long issuedAt;

        Addition(String messageId, long issuedAt) {
            this.messageId = messageId;
            this.issuedAt = issuedAt;
        }
    }

    public AgencyLog() {
        this(new AgencyState(Map.of(), Map.of(), Map.of()));
    }

    public AgencyLog(AgencyState state) {
        messages = new HashMap<>(state.messages());
        entries = new HashMap<>(state.entries());
        reports = new HashMap<>(state.reports());
    }

    public AgencyState state() {
        return new AgencyState(messages, entries, reports);
    }

    /** Whether it has changed since the last call. */
    public boolean takeChanged() {
        boolean is = isChanged;
        isChanged = false;
        return is;
    }

    public boolean isEmpty() {
        return messages.isEmpty() && entries.isEmpty() && reports.isEmpty();
    }

    boolean hasMessage(String messageId) {
        return messages.containsKey(messageId);
    }

    /** Time of the last signature for an entry, epoch seconds, or null. */
    Long entry(String entryId) {
        return entries.get(entryId);
    }

    /** Of an incident of the agency, or null. */
    Report report(String incidentId) {
        return reports.get(incidentId);
    }

    boolean hasRoomFor(Addition addition) {
        return messages.size() < MAX_SIZE
                && fits(entries, addition.entries)
                && fits(reports, addition.reports);
    }

    private static boolean fits(Map<String, ?> known, Map<String, ?> added) {
        return known.size() + added.size() <= MAX_SIZE
                || known.keySet().containsAll(added.keySet());
    }

    void add(Addition addition) {
        messages.put(addition.messageId, addition.issuedAt);
        entries.putAll(addition.entries);
        reports.putAll(addition.reports);
        isChanged = true;
    }

    /** Forgets what is so old that it would not be accepted again. */
    public void forget(long arrivalTime) {
        long now = arrivalTime / 1000;
        if (now < lookedAt + INTERVAL_SECONDS) {
            return;
        }
        lookedAt = now;
        long oldest = now - KEPT_SECONDS;
        boolean isAny = messages.values().removeIf(time -> time < oldest);
        isAny |= entries.values().removeIf(time -> time < oldest);
        isAny |= reports.values().removeIf(report -> report.issuedAt() < oldest);
        isChanged |= isAny;
    }
}
