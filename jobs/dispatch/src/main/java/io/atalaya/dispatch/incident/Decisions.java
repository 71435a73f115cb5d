package io.atalaya.dispatch.incident;

import io.atalaya.contracts.dispatch.Decision;
import io.atalaya.contracts.dispatch.Decision.Detail;
import io.atalaya.contracts.dispatch.Decision.Kind;
import io.atalaya.contracts.topic.HashId;

import java.util.ArrayList;
import java.util.List;
import java.util.Objects;

/** Says what the engine decides, and why. */
final class Decisions {
    private final IncidentOutput output;
    private String policyVersion;
    private long now;

    Decisions(IncidentOutput output, String policyVersion) {
        this.output = output;
        this.policyVersion = policyVersion;
    }

    void policyVersion(String version) {
        policyVersion = version;
    }

    void now(long time) {
        now = time;
    }

    /**
     * @param details names and values in turn
     */
    void about(Handling handling, Kind kind, String reason, String... details) {
        send(handling.incidentId, null, kind, reason, details);
    }

    void about(Handling handling, String eventId, Kind kind, String reason, String... details) {
        send(handling.incidentId, eventId, kind, reason, details);
    }

    /** About what concerns no incident. */
    void general(Kind kind, String reason, String eventId, String... details) {
        send(null, eventId, kind, reason, details);
    }

    private void send(
            String incidentId, String eventId, Kind kind, String reason, String... details) {
        List<Detail> values = new ArrayList<>();
        for (int i = 0; i < details.length; i += 2) {
            values.add(new Detail(details[i], Objects.requireNonNullElse(details[i + 1], "")));
        }
        output.decision(
                new Decision(
                        HashId.of(
                                kind.name(),
                                reason,
                                String.valueOf(incidentId),
                                String.valueOf(eventId),
                                values.toString(),
                                String.valueOf(now)),
                        now,
                        incidentId,
                        eventId,
                        null,
                        kind,
                        reason,
                        DecisionTexts.of(kind, reason),
                        policyVersion,
                        values));
    }
}
