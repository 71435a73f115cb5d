package io.atalaya.dispatch.incident;

import io.atalaya.contracts.dispatch.Delivery;
import io.atalaya.contracts.dispatch.DispatchResponse;
import io.atalaya.contracts.dispatch.Mute;
import io.atalaya.contracts.dispatch.SitePresence;
import io.atalaya.contracts.topic.RecordAddress;
import io.atalaya.contracts.topic.Traceable;
import io.atalaya.dispatch.evidence.Evidence;
import io.atalaya.dispatch.policy.PolicyUpdate;

import java.util.Comparator;

/**
 * One input of the incident engine.
 *
 * @param arrivalTime of its record, epoch ms
 * @param address of its record, or null where it comes from none
 */
public record IncidentInput(long arrivalTime, RecordAddress address, Content content)
        implements Traceable {

    /** What the record says. */
    public sealed interface Content {
        /** Names what it is about; after a failure only this is paused. */
        String subject();
    }

    /** What a source says of an event. */
    public sealed interface OfEvidence extends Content {}

    /** Such an input that waits for its turn in state, which comes in the order of the events. */
    public record Waiting(long arrivalTime, RecordAddress address, OfEvidence content)
            implements Comparable<Waiting> {
        private static final Comparator<Waiting> ORDER =
                Comparator.comparingLong(Waiting::time)
                        .thenComparingLong(Waiting::arrivalTime)
                        // What is taken back at once comes after it.
                        .thenComparing(each -> !(each.content instanceof Found));

        IncidentInput input() {
            return new IncidentInput(arrivalTime, address, content);
        }

        private long time() {
            return content instanceof Found found
                    ? Math.min(found.evidence.event().time(), arrivalTime)
                    : arrivalTime;
        }

        @Override
        public int compareTo(Waiting other) {
            return ORDER.compare(this, other);
        }
    }

    /** Evidence of any source. */
    public record Found(Evidence evidence) implements OfEvidence {
        @Override
        public String subject() {
            return evidence.eventId();
        }
    }

    /** Evidence that is none any more; there may have been no earlier version. */
    public record Withdrawn(Evidence evidence) implements OfEvidence {
        @Override
        public String subject() {
            return evidence.eventId();
        }
    }

    /** What its source does not say any more; there may have been no earlier version. */
    public record Retracted(String eventId, long revision) implements OfEvidence {
        @Override
        public String subject() {
            return eventId;
        }
    }

    /** An answer of a person or system. */
    public record Responded(DispatchResponse response) implements Content {
        @Override
        public String subject() {
            return "incident:" + response.incidentId();
        }
    }

    /** A sign of life of a site. */
    public record Present(SitePresence presence) implements Content {
        @Override
        public String subject() {
            return "site:" + presence.site();
        }
    }

    /**
     * A mute.
     *
     * @param mute or null if it has ended
     */
    public record Muted(String muteId, Mute mute) implements Content {
        @Override
        public String subject() {
            return "mute:" + muteId;
        }
    }

    /** What became of a message. */
    public record Delivered(Delivery delivery) implements Content {
        @Override
        public String subject() {
            return "incident:" + delivery.incidentId();
        }
    }

    /** Another policy comes into force. */
    public record Governed(PolicyUpdate update) implements Content {
        @Override
        public String subject() {
            return "policy";
        }
    }

    @Override
    public Origin origin() {
        String deviceId =
                content instanceof Found found && found.evidence.origin() != null
                        ? found.evidence.origin().deviceId()
                        : null;
        return Origin.described(deviceId, address, content);
    }
}
