package io.atalaya.lab.evaluate.dispatch;

import io.atalaya.contracts.dispatch.Decision;
import io.atalaya.contracts.dispatch.DispatchMessage;
import io.atalaya.contracts.dispatch.DispatchResponse;
import io.atalaya.contracts.dispatch.Incident;
import io.atalaya.contracts.dispatch.Incident.Link.Relation;
import io.atalaya.contracts.disposition.Disposition;

import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * What the dispatch job emitted on a day, and the answers to it.
 *
 * @param from start of the day, epoch ms
 * @param to end of the day, epoch ms
 * @param incidents all revisions, in order of revision
 * @param messages to the sites, in order of time
 */
record DispatchLog(
        long from,
        long to,
        List<Incident> incidents,
        List<Message> messages,
        List<Decision> decisions,
        List<DispatchResponse> responses,
        List<Disposition> dispositions) {

    /**
     * A message to a site.
     *
     * @param time arrival time of its cause, epoch ms
     */
    record Message(long time, String site, DispatchMessage message) {
        Incident incident() {
            return message.incident();
        }
    }

    DispatchLog {
        incidents =
                incidents.stream().sorted(Comparator.comparingLong(Incident::revision)).toList();
        messages = messages.stream().sorted(Comparator.comparingLong(Message::time)).toList();
        decisions = List.copyOf(decisions);
        responses = List.copyOf(responses);
        dispositions = List.copyOf(dispositions);
    }

    double hours() {
        return (to - from) / 3_600_000.0;
    }

    /** The last revision of each incident. */
    Map<String, Incident> lastRevisions() {
        Map<String, Incident> last = new LinkedHashMap<>();
        incidents.forEach(incident -> last.put(incident.incidentId(), incident));
        return last;
    }

    /** The last revision of each incident that is one of its own at the end, without digests. */
    List<Incident> incidentsAtEnd() {
        return lastRevisions().values().stream()
                .filter(incident -> incident.kind() != Incident.Kind.DIGEST)
                .filter(
                        incident ->
                                incident.links().stream()
                                        .noneMatch(link -> link.relation() == Relation.REPLACED))
                .toList();
    }
}
