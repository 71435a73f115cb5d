package io.atalaya.dispatch.exchange;

import java.util.Map;

/**
 * What is known of the messages of another agency, as it is stored.
 *
 * @param messages ids of messages that are not too old yet, with the time of their signature, epoch
 *     seconds
 * @param entries its ids of hot-list entries that such messages changed, with the time of the last
 *     signature, epoch seconds
 * @param reports its incidents that such messages changed, by its ids
 */
public record AgencyState(
        Map<String, Long> messages, Map<String, Long> entries, Map<String, Report> reports) {
    public AgencyState {
        messages = Map.copyOf(messages);
        entries = Map.copyOf(entries);
        reports = Map.copyOf(reports);
    }

    /**
     * An incident of the agency.
     *
     * @param revision of its last version
     * @param issuedAt time of that version's signature, epoch seconds
     */
    public record Report(long revision, long issuedAt) {}
}
