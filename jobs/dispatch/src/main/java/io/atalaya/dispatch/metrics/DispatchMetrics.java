package io.atalaya.dispatch.metrics;

import io.atalaya.flink.bulkhead.Bulkhead;
import io.atalaya.flink.metrics.DeclaredMetric;
import io.atalaya.flink.parse.ParseOperator;

import java.util.List;
import java.util.stream.Stream;

import static io.atalaya.flink.metrics.DeclaredMetric.counter;
import static io.atalaya.flink.metrics.DeclaredMetric.gauge;
import static io.atalaya.flink.metrics.DeclaredMetric.latency;

/** Every metric of the job, in the order of its documentation. */
public final class DispatchMetrics {
    public static final DeclaredMetric ACCEPTED_POLICIES =
            counter(
                    "acceptedPolicies",
                    "policies",
                    "Requested policies that came into force; rejected ones count in rejectedRecords.");

    public static final DeclaredMetric DEVICE_EVENTS =
            counter(
                    "deviceEvents",
                    "events",
                    "Events of buttons, zones and doors taken in, heartbeats and repeats included.");

    public static final DeclaredMetric EVIDENCE =
            counter(
                    "evidence",
                    "versions",
                    "Versions of evidence given to fusion, from alerts, devices, calls and warnings.");

    public static final DeclaredMetric RESPONSES =
            counter("responses", "responses", "Responses of operators and other systems taken in.");

    public static final DeclaredMetric INCIDENT_REVISIONS =
            counter("incidentRevisions", "revisions", "Revisions of incidents.");

    public static final DeclaredMetric DISPATCH_MESSAGES =
            counter("dispatchMessages", "messages", "Messages to the queues of the sites.");

    public static final DeclaredMetric DECISIONS =
            counter(
                    "decisions",
                    "decisions",
                    "Decisions about incidents and events, those to suppress included.");

    public static final DeclaredMetric DISPOSITIONS =
            counter(
                    "dispositions",
                    "dispositions",
                    "Outcomes of alerts that were learned from responses.");

    public static final DeclaredMetric NATIONAL_MESSAGES =
            counter(
                    "nationalMessages",
                    "messages",
                    "Messages to other agencies, retractions included.");

    public static final DeclaredMetric INCIDENTS_SHARED =
            gauge(
                    "incidentsShared",
                    "incidents",
                    "Incidents of which other agencies were informed, at most eight days after their end.");

    public static final DeclaredMetric REVISIONS_UNSHARED =
            counter(
                    "revisionsUnshared",
                    "revisions",
                    "Revisions of incidents that were not shared, because 20,000 that are not over are.");

    public static final DeclaredMetric NATIONAL_RECEIVED =
            counter(
                    "nationalReceived",
                    "messages",
                    "Messages of other agencies that were used; rejected ones count in rejectedRecords.");

    public static final DeclaredMetric HOTLIST_CHANGES =
            counter(
                    "hotlistChanges",
                    "entries",
                    "Entries of the hot list that other agencies changed or withdrew.");

    public static final DeclaredMetric ANNOUNCEMENTS =
            counter(
                    "announcements",
                    "messages",
                    "Messages to loudspeakers: to play, to go on or to stop.");

    public static final DeclaredMetric UNPLAYED_ANNOUNCEMENTS =
            counter(
                    "unplayedAnnouncements",
                    "receipts",
                    "Receipts by which a loudspeaker rejected an announcement or had it too late.");

    public static final DeclaredMetric WALLS =
            counter("walls", "layouts", "Changes of the walls of the sites.");

    public static final DeclaredMetric DRONE_TASKS =
            counter("droneTasks", "revisions", "Revisions of proposed and accepted drone tasks.");

    public static final DeclaredMetric ARRIVAL_TO_MESSAGE =
            latency(
                    "arrivalToMessageMs",
                    "From the arrival of a record to the emission of the messages to sites that it caused.");

    public static final DeclaredMetric CLOCK_BEHIND =
            gauge(
                    "clockBehindMs",
                    "ms",
                    "How far the clock of deadlines is behind the wall clock. A job that catches up is behind.");

    public static final DeclaredMetric EVIDENCE_WAITING =
            gauge(
                    "evidenceWaiting",
                    "evidence",
                    "Evidence that was read and waits to be fused, while what is urgent overtakes it. Above 0 only in a storm or after a downtime.");

    /** All metrics, from the inputs on. */
    public static final List<DeclaredMetric> ALL =
            Stream.concat(
                            Stream.of(
                                    ParseOperator.REJECTED_RECORDS,
                                    ACCEPTED_POLICIES,
                                    DEVICE_EVENTS,
                                    EVIDENCE,
                                    RESPONSES,
                                    INCIDENT_REVISIONS,
                                    DISPATCH_MESSAGES,
                                    DECISIONS,
                                    DISPOSITIONS,
                                    NATIONAL_MESSAGES,
                                    INCIDENTS_SHARED,
                                    REVISIONS_UNSHARED,
                                    NATIONAL_RECEIVED,
                                    HOTLIST_CHANGES,
                                    ANNOUNCEMENTS,
                                    UNPLAYED_ANNOUNCEMENTS,
                                    WALLS,
                                    DRONE_TASKS,
                                    ARRIVAL_TO_MESSAGE,
                                    CLOCK_BEHIND,
                                    EVIDENCE_WAITING),
                            Bulkhead.METRICS.stream())
                    .toList();

    private DispatchMetrics() {}
}
