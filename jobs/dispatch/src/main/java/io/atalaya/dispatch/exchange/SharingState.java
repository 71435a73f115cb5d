package io.atalaya.dispatch.exchange;

import java.util.List;
import java.util.Map;

/**
 * Who was sent what of an incident.
 *
 * @param incident its last revision, as in topic {@code incidents}
 * @param linked other incidents that it names
 * @param overSince arrival time since which it is over, epoch ms; 0 while it is not
 * @param sent by agency
 */
public record SharingState(
        byte[] incident, List<String> linked, long overSince, Map<String, LastMessage> sent) {
    public SharingState {
        linked = List.copyOf(linked);
        sent = Map.copyOf(sent);
    }

    /**
     * The last message to an agency.
     *
     * @param content hash of what it said, or null if it was a retraction
     */
    public record LastMessage(long revision, String content) {}

    /** Whether the agency knows of the incident. */
    boolean isTo(String agency) {
        LastMessage last = sent.get(agency);
        return last != null && last.content != null;
    }
}
