package io.atalaya.dispatch.policy;

import io.atalaya.dispatch.fusion.FusionRules;
import io.atalaya.dispatch.fusion.IncidentEvent.Subject;

import com.fasterxml.jackson.annotation.JsonProperty;

import java.time.Duration;
import java.time.LocalTime;
import java.util.List;
import java.util.Map;

/**
 * How a command centre works: what an incident is, who is notified and how soon. It is data, read
 * from a directory by {@link PolicyReader}; each component is a file of that directory.
 *
 * @param version names the policy in every decision
 */
public record Policy(
        String version,
        List<Kind> kinds,
        FusionRules fusion,
        Priorities priorities,
        List<Confirmation> confirmations,
        Routing routing,
        Storms storms) {

    /**
     * A kind of incident, and what it is made of. The first kind that names an event's origin
     * applies.
     *
     * @param name used by all other rules
     * @param eido incident type code of the EIDO registry
     * @param cnie codes of the Mexican incident catalogue or their beginnings, for calls
     * @param alerts types of alerts, or {@code type/REASON} for a reason of the hot list
     * @param devices kinds of device events, or {@code KIND/PREMISES}
     * @param isDispatched false: it is only counted
     */
    public record Kind(
            String name,
            Subject subject,
            String eido,
            int priority,
            List<String> cnie,
            List<String> alerts,
            List<String> devices,
            @JsonProperty("dispatched") Boolean isDispatched,
            String es,
            String en) {
        public Kind {
            cnie = cnie == null ? List.of() : List.copyOf(cnie);
            alerts = alerts == null ? List.of() : List.copyOf(alerts);
            devices = devices == null ? List.of() : List.copyOf(devices);
            isDispatched = isDispatched == null || isDispatched;
        }
    }

    /**
     * What adds to the priority of an incident's kind.
     *
     * @param never an incident of this priority or more is never muted, budgeted or held
     */
    public record Priorities(int never, List<Part> parts) {
        /** Points that are added if the predicate holds. */
        public record Part(String name, Predicate when, int points, String es, String en) {}
    }

    /**
     * How long a press waits for its cancellation before a position is notified, because most
     * presses are accidents. The first one whose predicate holds applies; a press under duress
     * never waits.
     */
    public record Confirmation(Predicate when, Duration hold) {}

    /** Who is notified, and what follows if no answer comes. */
    public record Routing(
            List<Site> sites,
            Map<String, String> municipalities,
            Deadlines deadlines,
            List<Chain> chains,
            FailOver failOver,
            List<QuietHours> quietHours) {
        public Routing {
            quietHours = quietHours == null ? List.of() : List.copyOf(quietHours);
        }

        /**
         * A command centre.
         *
         * @param other the site that takes over when this one is down
         */
        public record Site(String name, String other, List<String> positions) {}

        /** Times by which each answer is due, from the first message about the incident. */
        public record Deadlines(Duration register, Duration dispatch, Duration onScene) {}

        /** Steps for an incident without an answer. The first chain that applies is used. */
        public record Chain(String name, Predicate when, List<Step> steps) {}

        /** After this time without an answer another recipient is notified as well. */
        public record Step(Duration after, Recipient to) {}

        /** Who is notified next. */
        public enum Recipient {
            POSITIONS,
            SUPERVISOR,
            OTHER_SITE
        }

        /**
         * When a site is down.
         *
         * @param downAfter without a heartbeat
         * @param backAfter with heartbeats again
         */
        public record FailOver(Duration downAfter, Duration backAfter) {}

        /** Hours in which loudspeakers of a kind of place stay silent, local time. */
        public record QuietHours(String place, LocalTime from, LocalTime to) {}
    }

    /** What a position can take, and what is held back beyond that. */
    public record Storms(
            Budget budget,
            double digestCellMetres,
            Duration longestMute,
            List<Inhibition> inhibitions) {

        /** Interruptions of one position in a time; ISA-18.2 has 10 in 10 minutes. */
        public record Budget(int interruptions, Duration per) {}

        /**
         * While an incident that {@code by} holds for is open, those that {@code of} holds for and
         * that have equal fields are held back. A field that is missing on either side is not
         * equal.
         */
        public record Inhibition(
                String name, Predicate by, Predicate of, List<String> equal, Duration atMost) {}
    }
}
