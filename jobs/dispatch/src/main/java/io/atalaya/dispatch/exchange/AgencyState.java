package io.atalaya.dispatch.exchange;

import io.atalaya.dispatch.evidence.Evidence;

import java.time.Duration;
import java.util.HashMap;
import java.util.Map;

/**
 * What is known of the messages of another agency.
 *
 * @param messages ids of messages that are not too old yet, with the time of their signature, epoch
 *     seconds
 * @param entries its ids of hot-list entries that such messages changed, with the time of the last
 *     signature, epoch seconds
 * @param reports its incidents, by its ids
 */
public record AgencyState(
        Map<String, Long> messages, Map<String, Long> entries, Map<String, Report> reports) {
    static final AgencyState EMPTY = new AgencyState(Map.of(), Map.of(), Map.of());

    /** Of each kind; a list of stolen vehicles has some 10,000 entries. */
    static final int MAX_SIZE = 100_000;

    /** Longer than any policy accepts, so that no policy accepts what is forgotten. */
    private static final long MESSAGES_KEPT = Duration.ofHours(49).toSeconds();

    /** Longer than an incident is remembered after its end. */
    private static final long REPORTS_KEPT = Duration.ofDays(8).toMillis();

    public AgencyState {
        messages = Map.copyOf(messages);
        entries = Map.copyOf(entries);
        reports = Map.copyOf(reports);
    }

    /**
     * An incident of the agency.
     *
     * @param revision of its last version
     * @param arrivalTime of that, epoch ms
     * @param evidence its last version, or null if it was retracted before it arrived
     */
    public record Report(long revision, long arrivalTime, Evidence evidence) {}

    /** What can be changed until it is a state again; what nothing needs any more is left out. */
    Draft draft(long arrivalTime) {
        Draft draft = new Draft();
        long oldest = arrivalTime / 1000 - MESSAGES_KEPT;
        messages.forEach((id, time) -> putIf(time >= oldest, id, time, draft.messages));
        entries.forEach((id, time) -> putIf(time >= oldest, id, time, draft.entries));
        reports.forEach(
                (id, report) ->
                        putIf(
                                report.arrivalTime >= arrivalTime - REPORTS_KEPT,
                                id,
                                report,
                                draft.reports));
        return draft;
    }

    private static <V> void putIf(boolean isKept, String id, V value, Map<String, V> kept) {
        if (isKept) {
            kept.put(id, value);
        }
    }

    /** The next state. */
    static final class Draft {
        final Map<String, Long> messages = new HashMap<>();
        final Map<String, Long> entries = new HashMap<>();
        final Map<String, Report> reports = new HashMap<>();

        boolean isTooLarge() {
            return Math.max(messages.size(), Math.max(entries.size(), reports.size())) > MAX_SIZE;
        }

        AgencyState state() {
            return new AgencyState(messages, entries, reports);
        }
    }
}
