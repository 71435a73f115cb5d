package io.atalaya.dispatch.policy;

import io.atalaya.contracts.dispatch.DeviceEvent.Premises;
import io.atalaya.contracts.dispatch.Incident.Status;
import io.atalaya.contracts.warning.PublicWarning.Category;
import io.atalaya.contracts.warning.PublicWarning.Severity;
import io.atalaya.contracts.warning.PublicWarning.Urgency;
import io.atalaya.dispatch.fusion.FusionRules;
import io.atalaya.dispatch.fusion.IncidentEvent.Subject;
import io.atalaya.dispatch.jws.JwsKey;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.annotation.JsonProperty;

import java.time.DayOfWeek;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalTime;
import java.time.ZoneId;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * How a command centre works: what an incident is, who is notified and how soon. It is data, read
 * from a directory by {@link PolicyReader}; each component is a file of that directory.
 *
 * @param version names the policy in every decision
 * @param jurisdiction of the routing's municipalities, by their polygons
 */
public record Policy(
        String version,
        List<Kind> kinds,
        FusionRules fusion,
        Priorities priorities,
        List<Confirmation> confirmations,
        Routing routing,
        Storms storms,
        Devices devices,
        List<WarningRule> warnings,
        Exchange exchange,
        Announcements announcements,
        VideoWall videowall,
        Drones drones,
        Jurisdiction jurisdiction) {
    /** Of all local times in a policy. It has had no summer time since 2022. */
    public static final ZoneId ZONE = ZoneId.of("America/Mexico_City");

    /**
     * A kind of incident, and what it is made of. The first kind that names an event's origin
     * applies.
     *
     * @param name used by all other rules
     * @param eido incident type code of the EIDO registry
     * @param cnie codes of the Mexican incident catalogue or their beginnings, for calls
     * @param alerts types of alerts, or {@code type/REASON} for a reason of the hot list
     * @param devices kinds of device events, or {@code KIND/PREMISES}
     * @param warnings rules of public warnings, or {@code rule/EXERCISE} for drills
     * @param position that handles it at every site, or null for all positions
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
            List<String> warnings,
            String position,
            @JsonProperty("dispatched") Boolean isDispatched,
            String es,
            String en) {
        /** The kind of what no other kind names, so that nothing is lost. */
        public static final String OTHER = "other";

        public Kind {
            cnie = cnie == null ? List.of() : List.copyOf(cnie);
            alerts = alerts == null ? List.of() : List.copyOf(alerts);
            devices = devices == null ? List.of() : List.copyOf(devices);
            warnings = warnings == null ? List.of() : List.copyOf(warnings);
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

    /**
     * Who is notified, and what follows if no answer comes.
     *
     * @param acknowledgedFor an acknowledgement lasts so long, because a person may leave it at
     *     that
     */
    public record Routing(
            List<Site> sites,
            Map<String, String> municipalities,
            Deadlines deadlines,
            Duration acknowledgedFor,
            List<Chain> chains,
            FailOver failOver,
            List<QuietHours> quietHours) {
        private static final Duration LEASE = Duration.ofMinutes(10);

        public Routing {
            acknowledgedFor = acknowledgedFor == null ? LEASE : acknowledgedFor;
            quietHours = quietHours == null ? List.of() : List.copyOf(quietHours);
        }

        /**
         * A command centre.
         *
         * @param other the site that takes over when this one is down
         * @param destinations the names that the bridge has for its systems; what becomes of
         *     messages to others says nothing about the site
         */
        public record Site(
                String name, String other, List<String> positions, List<String> destinations) {
            public Site {
                destinations = destinations == null ? List.of() : List.copyOf(destinations);
            }
        }

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

        /**
         * Hours in which lesser incidents wait in a list instead of interrupting a person.
         *
         * @param from local time
         * @param to local time, of the next day if it is not after {@code from}
         * @param below incidents of a lower priority
         */
        public record QuietHours(LocalTime from, LocalTime to, int below) {
            /** Whether an incident of this priority waits at this time, epoch ms. */
            public boolean hold(int priority, long time) {
                return new Hours(from, to).contains(time) && priority < below;
            }
        }
    }

    /** What a position can take, and what is held back beyond that. */
    public record Storms(
            Budget budget,
            double digestCellMetres,
            Duration longestMute,
            List<Inhibition> inhibitions) {

        /**
         * Interruptions of one position in a time; ISA-18.2 has 10 in 10 minutes.
         *
         * @param reserve what of it lesser incidents leave to graver ones
         */
        public record Budget(int interruptions, Duration per, Reserve reserve) {
            private static final int GRAVE = 60;

            public Budget {
                reserve = reserve == null ? new Reserve(interruptions * 2 / 5, GRAVE) : reserve;
            }

            /** How often an incident of a priority may interrupt. */
            public int interruptions(int priority) {
                return interruptions - (priority >= reserve.from ? 0 : reserve.interruptions);
            }

            /**
             * Interruptions that are kept for graver incidents.
             *
             * @param from the priority from which on these are used
             */
            public record Reserve(int interruptions, int from) {}
        }

        /**
         * While an incident that {@code by} holds for is open, those that {@code of} holds for and
         * that have equal fields are held back. A field that is missing on either side is not
         * equal.
         */
        public record Inhibition(
                String name, Predicate by, Predicate of, List<String> equal, Duration atMost) {}
    }

    /**
     * How buttons, zones and doors are supervised.
     *
     * @param repeatWithin a press so soon after another is the same one, repeated
     * @param cancelWithin a press can be cancelled for so long
     * @param cancelNeedsCode whether a cancellation without a code is ignored; one with a wrong
     *     code always is
     * @param testFor a device is in test mode for so long after a test
     * @param silentAfter a device without a heartbeat for so long has a fault, if it ever sent one
     * @param maxDelay an event that claims to be older at its arrival has a wrong clock
     * @param forgottenAfter nothing is known any more of a device that was silent for so long
     */
    public record Devices(
            Duration repeatWithin,
            Duration cancelWithin,
            boolean cancelNeedsCode,
            Duration testFor,
            List<WeeklyTest> weeklyTests,
            Stuck stuck,
            Duration silentAfter,
            Duration maxDelay,
            Duration forgottenAfter) {
        public Devices {
            weeklyTests = List.copyOf(weeklyTests);
        }

        /**
         * Hours of a week in which the first press of each device is a test, local time.
         *
         * @param premises null: all
         */
        public record WeeklyTest(Premises premises, DayOfWeek day, LocalTime from, LocalTime to) {}

        /**
         * When a button is stuck.
         *
         * @param presses so many of them
         * @param within this time
         * @param quiet until none comes for this time
         */
        public record Stuck(int presses, Duration within, Duration quiet) {}
    }

    /**
     * Public warnings that are handled alike. The first rule that holds applies; a warning that
     * none holds for is suppressed.
     *
     * @param senders of CAP messages; empty: any
     * @param categories empty: any
     * @param urgencies empty: any
     * @param severities empty: any
     * @param isStateWide it concerns every site, whatever its area
     * @param validFor for a warning without a usable end
     */
    public record WarningRule(
            String name,
            Set<String> senders,
            Set<Category> categories,
            Set<Urgency> urgencies,
            Set<Severity> severities,
            @JsonProperty("stateWide") boolean isStateWide,
            Duration validFor) {
        public WarningRule {
            senders = senders == null ? Set.of() : Set.copyOf(senders);
            categories = categories == null ? Set.of() : Set.copyOf(categories);
            urgencies = urgencies == null ? Set.of() : Set.copyOf(urgencies);
            severities = severities == null ? Set.of() : Set.copyOf(severities);
        }
    }

    /**
     * What other agencies learn, and what is believed of them.
     *
     * @param agency our name
     * @param maxAge a message that was signed longer ago is rejected
     */
    public record Exchange(String agency, Duration maxAge, List<Agency> agencies) {
        public Exchange {
            agencies = List.copyOf(agencies);
        }

        /** The agency of that name, or null. */
        public Agency named(String name) {
            return agencies.stream()
                    .filter(each -> each.name.equals(name))
                    .findFirst()
                    .orElse(null);
        }

        /** Whether anything is shared. */
        public boolean isSharing() {
            return agencies.stream().anyMatch(each -> !each.share.isEmpty());
        }

        /**
         * Another agency.
         *
         * @param trust what it may send, or null: nothing
         * @param keys with which it signs
         */
        public record Agency(
                String name, List<SharingRule> share, Trust trust, List<PublicKey> keys) {
            public Agency {
                share = share == null ? List.of() : List.copyOf(share);
                keys = keys == null ? List.of() : List.copyOf(keys);
            }

            /** The rule for incidents of that kind, or null: these are not shared. */
            public SharingRule ruleFor(String kind) {
                return share.stream()
                        .filter(each -> each.kinds.contains(kind))
                        .findFirst()
                        .orElse(null);
            }
        }

        /**
         * What an agency learns of incidents of some kinds. Once it was informed of one, it
         * receives all that follows.
         *
         * @param statuses empty: any of an incident that is not over
         * @param fields what it learns beside kind, status, times and priority
         * @param gridMetres size of the squares to which places are rounded; 0: not rounded
         */
        public record SharingRule(
                Set<String> kinds,
                int fromPriority,
                Set<Status> statuses,
                Set<Detail> fields,
                double gridMetres) {
            public SharingRule {
                kinds = Set.copyOf(kinds);
                statuses = statuses == null ? Set.of() : Set.copyOf(statuses);
                fields = fields == null ? Set.of() : Set.copyOf(fields);
            }

            /** Whether an incident of these is shared that was not before. */
            public boolean begins(Status status, int priority) {
                return status != Status.CLOSED
                        && status != Status.CANCELLED
                        && priority >= fromPriority
                        && (statuses.isEmpty() || statuses.contains(status));
            }
        }

        /** What leaves only if the policy says so. */
        public enum Detail {
            PLATE,
            PLACE,
            ROUTE,
            HEADLINE
        }

        /**
         * What an agency may send.
         *
         * @param kinds ours, by its kinds of incidents
         * @param reasons of hot-list entries
         * @param maxPriority of its entries
         * @param validFor an entry is valid for so long at most
         * @param notified who may learn of its covert entries; empty: it may send none
         */
        public record Trust(
                Map<String, String> kinds,
                Set<String> reasons,
                int maxPriority,
                Duration validFor,
                @JsonProperty("notify") List<String> notified) {
            public Trust {
                kinds = kinds == null ? Map.of() : Map.copyOf(kinds);
                reasons = reasons == null ? Set.of() : Set.copyOf(reasons);
                notified = notified == null ? List.of() : List.copyOf(notified);
            }
        }

        /** A JWK (RFC 7517) for ES256. */
        @JsonIgnoreProperties("key_ops")
        public record PublicKey(
                String kty, String crv, String kid, String x, String y, String use, String alg) {
            public JwsKey key() {
                return JwsKey.publicKey(kid, x, y);
            }
        }
    }

    /**
     * Hours of every day.
     *
     * @param from local time
     * @param to local time, of the next day if it is not after {@code from}
     */
    public record Hours(LocalTime from, LocalTime to) {
        /** Whether a time, epoch ms, is in these hours. */
        public boolean contains(long time) {
            LocalTime now = Instant.ofEpochMilli(time).atZone(ZONE).toLocalTime();
            return from.isBefore(to)
                    ? !now.isBefore(from) && now.isBefore(to)
                    : !now.isBefore(from) || now.isBefore(to);
        }
    }

    /**
     * What loudspeakers say.
     *
     * @param quietHours in which no lesser announcement begins, or null
     * @param drill before the text of every drill
     * @param rules what no rule names is never announced
     */
    public record Announcements(Hours quietHours, String drill, List<Rule> rules) {
        /**
         * How incidents of some kinds are announced.
         *
         * @param text in Mexican Spanish
         * @param clip id of the recording, or null
         * @param drillClip id of the recording for drills, or null
         * @param radiusMetres around the incident's place; null for warnings, which have none
         * @param isAccepted whether a site must have accepted it, unless it is a warning to the
         *     whole state
         * @param validFor from the beginning of what has no end of its own
         */
        public record Rule(
                List<String> kinds,
                String text,
                String clip,
                String drillClip,
                Double radiusMetres,
                @JsonProperty("whenAccepted") boolean isAccepted,
                Duration validFor) {}
    }

    /**
     * Which cameras the walls of the sites show.
     *
     * @param panels of each site's wall
     * @param vehicleSeenWithin one that was last seen longer ago is not shown
     * @param margin by which a camera must have a higher score to take another one's panel
     */
    public record VideoWall(
            Map<String, Integer> panels,
            int minPriority,
            double radiusMetres,
            int panelsPerIncident,
            Ahead ahead,
            Duration vehicleSeenWithin,
            double margin) {
        /**
         * Where a vehicle may go next.
         *
         * @param degrees to either side of its heading
         */
        public record Ahead(double metres, double degrees) {}
    }

    /**
     * To which incidents a drone is proposed.
     *
     * @param endurance flight time with a full battery
     * @param stay at the place
     * @param reservePercent of the battery that is left at the end
     * @param isDivertible whether one that flies already is proposed as well
     * @param answerWithin how long a proposal waits for an answer
     * @param silentAfter without a message a drone is not available
     */
    public record Drones(
            List<String> kinds,
            double maxMetres,
            double metresPerSecond,
            Duration endurance,
            Duration stay,
            double reservePercent,
            @JsonProperty("divertible") boolean isDivertible,
            Duration answerWithin,
            Duration silentAfter) {}
}
