package io.atalaya.contracts.dispatch;

import io.atalaya.contracts.json.EpochMillis;
import io.atalaya.contracts.json.Field;
import io.atalaya.contracts.json.RecordCodec;
import io.atalaya.contracts.text.Text;

import java.util.List;

/**
 * One message of topic {@code decisions}: what the job decided, and why. Nothing is suppressed
 * without one.
 *
 * @param decisionId deterministic, so that a replay after a failure repeats it
 * @param time arrival time of the cause, epoch ms
 * @param incidentId or null for a decision before an incident exists
 * @param eventId the event or response that the decision is about, or null
 * @param deviceId or null
 * @param reason stable code, such as {@code test-mode}
 * @param text the reason for people, or null
 * @param policyVersion of the policy in force
 * @param details values that the decision compared
 */
public record Decision(
        String decisionId,
        @EpochMillis long time,
        String incidentId,
        String eventId,
        String deviceId,
        Kind kind,
        String reason,
        Text.Translation text,
        String policyVersion,
        List<Detail> details) {
    public static final RecordCodec<Decision> CODEC = new RecordCodec<>(Decision.class, 512 * 1024);

    public Decision {
        Limits.id("decisionId", decisionId);
        Field.time("time", time);
        Limits.idOrNull("incidentId", incidentId);
        Limits.idOrNull("eventId", eventId);
        Limits.idOrNull("deviceId", deviceId);
        Field.required("kind", kind);
        Field.visible("reason", reason, Limits.MAX_CODE);
        Limits.textOrNull("text", text);
        Limits.id("policyVersion", policyVersion);
        details = Field.list("details", details, 64);
    }

    /** The kind of decision. */
    public enum Kind {
        /** An event opened an incident. */
        OPENED,
        /** An event was added to an incident. */
        ATTACHED,
        /** An event fits several incidents and waits for a person. */
        CANDIDATE,
        MERGED,
        SPLIT,
        LINKED,
        PRIORITIZED,
        /** The incident was assigned to a site and position. */
        ROUTED,
        /** It was assigned to the next of the chain, because an answer was overdue. */
        ESCALATED,
        REMINDED,
        /** It was assigned to another site, because the first is down. */
        FAILED_OVER,
        WITHDRAWN,
        RETRACTED,
        /** An event became no incident. */
        SUPPRESSED,
        /** An event waits for its confirmation, or an announcement for the end of quiet hours. */
        HELD,
        /** Another open incident covers this one. */
        INHIBITED,
        /** A person's mute covers it. */
        MUTED,
        /** The position's budget of interruptions is used up. */
        BUDGETED,
        FLOOD_BEGAN,
        FLOOD_ENDED,
        /** A person's or system's act changed the life cycle. */
        TRANSITION,
        /** Such an act was not possible. */
        REJECTED_TRANSITION,
        EXPIRED
    }

    /** A named value. */
    public record Detail(String name, String value) {
        public Detail {
            Field.visible("name", name, Limits.MAX_CODE);
            Field.text("value", value, 0, Limits.MAX_REASON);
        }
    }
}
