package io.atalaya.contracts.topic;

import java.time.Duration;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

import static io.atalaya.contracts.topic.Account.AGENCY_FEEDER;
import static io.atalaya.contracts.topic.Account.ALERT_READER;
import static io.atalaya.contracts.topic.Account.AUDITOR;
import static io.atalaya.contracts.topic.Account.BRIDGE;
import static io.atalaya.contracts.topic.Account.CALL_FEEDER;
import static io.atalaya.contracts.topic.Account.CONSOLE;
import static io.atalaya.contracts.topic.Account.DEAD_LETTER_READER;
import static io.atalaya.contracts.topic.Account.DEVICE_FEEDER;
import static io.atalaya.contracts.topic.Account.DEVICE_REGISTRY;
import static io.atalaya.contracts.topic.Account.DISPATCH;
import static io.atalaya.contracts.topic.Account.DISPOSITION;
import static io.atalaya.contracts.topic.Account.FRAME_FEEDER;
import static io.atalaya.contracts.topic.Account.HOTLIST_MATCH;
import static io.atalaya.contracts.topic.Account.MODEL;
import static io.atalaya.contracts.topic.Account.NOTARY;
import static io.atalaya.contracts.topic.Account.POLICY;
import static io.atalaya.contracts.topic.Account.READ_FEEDER;
import static io.atalaya.contracts.topic.Account.VIDEO_ANALYTICS;
import static io.atalaya.contracts.topic.Account.WARNING_FEEDER;

/**
 * The topics of an installation with contents, retention and access. Topics are created and access
 * is granted from this list.
 */
public final class Topics {
    /** An input record may have 16 MiB; a dead letter adds its headers. */
    public static final int MAX_RECORD_BYTES = 18 * 1024 * 1024;

    /** A policy may have 4 MiB; its record adds the key. */
    private static final int MAX_POLICY_BYTES = 5 * 1024 * 1024;

    public static final String PLATE_READS = "plate-reads";
    public static final String RFID_READS = "rfid-reads";
    public static final String CAMERA_FRAMES = "camera-frames";
    public static final String HOTLIST = "hotlist";
    public static final String DEVICES = "devices";
    public static final String DISPOSITIONS = "dispositions";
    public static final String MODEL_CONTROL = "model-control";
    public static final String MODEL_ANSWERS = "model-answers";
    public static final String DEVICE_EVENTS = "device-events";
    public static final String CALLS = "calls";
    public static final String DRONES = "drones";
    public static final String PUBLIC_WARNINGS = "public-warnings";
    public static final String DISPATCH_RESPONSES = "dispatch-responses";
    public static final String SITE_PRESENCE = "site-presence";
    public static final String DELIVERIES = "deliveries";
    public static final String MUTES = "mutes";
    public static final String POLICY_REQUESTS = "policy";
    public static final String POLICY_ANSWERS = "policy-answers";
    public static final String ALERTS = "alerts";
    public static final String INCIDENTS = "incidents";
    public static final String DISPATCH_TOLUCA = "dispatch-toluca";
    public static final String DISPATCH_ECATEPEC = "dispatch-ecatepec";
    public static final String ANNOUNCEMENTS = "announcements";
    public static final String VIDEOWALL = "videowall";
    public static final String DRONE_TASKS = "drone-tasks";
    public static final String NATIONAL_EXCHANGE = "national-exchange";
    public static final String NATIONAL_INBOUND = "national-inbound";
    public static final String DECISIONS = "decisions";
    public static final String LOOK_UPS = "look-ups";

    /** The queue of each site. */
    public static final Map<String, String> QUEUES =
            Map.of("TOLUCA", DISPATCH_TOLUCA, "ECATEPEC", DISPATCH_ECATEPEC);

    /** What the notary records: what was sent, answered, decided and looked up. */
    public static final List<String> AUDITED =
            List.of(
                    DISPATCH_TOLUCA,
                    DISPATCH_ECATEPEC,
                    ANNOUNCEMENTS,
                    NATIONAL_EXCHANGE,
                    DELIVERIES,
                    DECISIONS,
                    DISPATCH_RESPONSES,
                    LOOK_UPS);

    public static final String AUDIT = "audit";
    public static final String AUDIT_HEADS = "audit-heads";

    public static final String DEAD_LETTER = "dead-letter";

    /**
     * The broker sets the record's timestamp, so that no producer's clock can change the arrival
     * time.
     */
    private static final Map<String, String> ARRIVAL =
            Map.of("message.timestamp.type", "LogAppendTime");

    /** 7 days, so that a job catches up after any shorter outage. */
    private static final Map<String, String> READS = byArrival(retention(Duration.ofDays(7)));

    /** Shorter than reads, because there are a thousand times as many frames. */
    private static final Map<String, String> FRAMES = byArrival(retention(Duration.ofDays(1)));

    /** The latest record of each key is kept. */
    private static final Map<String, String> LATEST =
            byArrival(Map.of("cleanup.policy", "compact"));

    /** The latest revision of each incident or wall, with the time of its cause. */
    private static final Map<String, String> CURRENT = Map.of("cleanup.policy", "compact");

    /** One year, so that it can be explained when it is questioned. */
    private static final Map<String, String> EXPLAINED = retention(Duration.ofDays(365));

    private static final Map<String, String> EXPLAINED_BY_ARRIVAL = byArrival(EXPLAINED);

    /** For ever, because it has to prove years later what was sent, and has no personal data. */
    private static final Map<String, String> FOR_EVER = Map.of("retention.ms", "-1");

    /**
     * One year, because there are only a few per week and a request whose rejection has expired
     * looks as if it were in force.
     */
    private static final Map<String, String> ANSWERS = retention(Duration.ofDays(365));

    /** The last policy that was requested, larger than a broker's default allows. */
    private static final Map<String, String> POLICIES =
            byArrival(
                    Map.of(
                            "cleanup.policy",
                            "compact",
                            "max.message.bytes",
                            String.valueOf(MAX_POLICY_BYTES)));

    /** A dead letter holds a whole record of any input topic. */
    private static final Map<String, String> REJECTED =
            Map.of("max.message.bytes", String.valueOf(MAX_RECORD_BYTES));

    /** All topics, inputs first. */
    public static final List<Topic> ALL =
            List.of(
                    new Topic(
                            PLATE_READS,
                            "deviceId",
                            true,
                            READS,
                            Set.of(HOTLIST_MATCH),
                            Set.of(READ_FEEDER)),
                    new Topic(
                            RFID_READS,
                            "deviceId",
                            true,
                            READS,
                            Set.of(HOTLIST_MATCH),
                            Set.of(READ_FEEDER)),
                    new Topic(
                            CAMERA_FRAMES,
                            "deviceId",
                            true,
                            FRAMES,
                            Set.of(VIDEO_ANALYTICS),
                            Set.of(FRAME_FEEDER)),
                    new Topic(
                            HOTLIST,
                            "entryId",
                            true,
                            LATEST,
                            Set.of(HOTLIST_MATCH, Account.HOTLIST),
                            // The job writes the entries of other agencies.
                            Set.of(Account.HOTLIST, DISPATCH, CONSOLE)),
                    new Topic(
                            DEVICES,
                            "deviceId",
                            true,
                            LATEST,
                            Set.of(
                                    HOTLIST_MATCH,
                                    VIDEO_ANALYTICS,
                                    DISPATCH,
                                    DEVICE_REGISTRY,
                                    CONSOLE),
                            Set.of(DEVICE_REGISTRY)),
                    new Topic(
                            DISPOSITIONS,
                            "alertId",
                            true,
                            ARRIVAL,
                            Set.of(HOTLIST_MATCH, CONSOLE),
                            Set.of(DISPATCH, DISPOSITION, CONSOLE)),
                    new Topic(
                            MODEL_CONTROL,
                            "model",
                            false,
                            LATEST,
                            Set.of(VIDEO_ANALYTICS, MODEL, CONSOLE),
                            Set.of(MODEL, CONSOLE)),
                    new Topic(
                            MODEL_ANSWERS,
                            "model",
                            false,
                            ANSWERS,
                            Set.of(MODEL, CONSOLE),
                            Set.of(VIDEO_ANALYTICS)),
                    new Topic(
                            DEVICE_EVENTS,
                            "deviceId",
                            true,
                            READS,
                            Set.of(DISPATCH),
                            Set.of(DEVICE_FEEDER)),
                    new Topic(CALLS, "callId", true, READS, Set.of(DISPATCH), Set.of(CALL_FEEDER)),
                    new Topic(
                            DRONES,
                            "droneId",
                            true,
                            FRAMES,
                            Set.of(DISPATCH),
                            Set.of(DEVICE_FEEDER)),
                    new Topic(
                            PUBLIC_WARNINGS,
                            "sender",
                            false,
                            READS,
                            Set.of(DISPATCH),
                            Set.of(WARNING_FEEDER)),
                    new Topic(
                            NATIONAL_INBOUND,
                            "agency",
                            false,
                            READS,
                            Set.of(DISPATCH),
                            Set.of(AGENCY_FEEDER)),
                    new Topic(
                            DISPATCH_RESPONSES,
                            "incidentId",
                            true,
                            READS,
                            Set.of(DISPATCH, NOTARY, AUDITOR),
                            Set.of(CONSOLE)),
                    new Topic(
                            SITE_PRESENCE,
                            "site",
                            false,
                            ARRIVAL,
                            Set.of(DISPATCH, CONSOLE),
                            Set.of(CONSOLE)),
                    new Topic(
                            DELIVERIES,
                            "incidentId",
                            true,
                            READS,
                            // CAP names in an update what was delivered before.
                            Set.of(DISPATCH, NOTARY, AUDITOR, BRIDGE, CONSOLE),
                            Set.of(BRIDGE)),
                    new Topic(
                            LOOK_UPS,
                            "lookUpId",
                            true,
                            EXPLAINED_BY_ARRIVAL,
                            Set.of(NOTARY, AUDITOR),
                            Set.of(CONSOLE)),
                    new Topic(
                            MUTES,
                            "muteId",
                            false,
                            LATEST,
                            Set.of(DISPATCH, CONSOLE),
                            Set.of(CONSOLE)),
                    new Topic(
                            POLICY_REQUESTS,
                            "always `dispatch`",
                            false,
                            POLICIES,
                            Set.of(DISPATCH, CONSOLE),
                            Set.of(POLICY)),
                    new Topic(
                            POLICY_ANSWERS,
                            "always `dispatch`",
                            false,
                            ANSWERS,
                            Set.of(POLICY, CONSOLE),
                            Set.of(DISPATCH)),
                    new Topic(
                            ALERTS,
                            "alertId",
                            true,
                            Map.of(),
                            // The job compares dispositions with its own alerts.
                            Set.of(HOTLIST_MATCH, DISPATCH, DISPOSITION, ALERT_READER, CONSOLE),
                            Set.of(HOTLIST_MATCH, VIDEO_ANALYTICS, DISPATCH)),
                    new Topic(
                            INCIDENTS,
                            "incidentId",
                            true,
                            CURRENT,
                            Set.of(CONSOLE),
                            Set.of(DISPATCH)),
                    new Topic(
                            DISPATCH_TOLUCA,
                            "incidentId",
                            true,
                            Map.of(),
                            Set.of(BRIDGE, NOTARY, AUDITOR),
                            Set.of(DISPATCH)),
                    new Topic(
                            DISPATCH_ECATEPEC,
                            "incidentId",
                            true,
                            Map.of(),
                            Set.of(BRIDGE, NOTARY, AUDITOR),
                            Set.of(DISPATCH)),
                    new Topic(
                            ANNOUNCEMENTS,
                            "deviceId",
                            true,
                            Map.of(),
                            Set.of(BRIDGE, NOTARY, AUDITOR),
                            Set.of(DISPATCH)),
                    new Topic(VIDEOWALL, "site", false, CURRENT, Set.of(CONSOLE), Set.of(DISPATCH)),
                    new Topic(
                            DRONE_TASKS,
                            "incidentId",
                            true,
                            Map.of(),
                            Set.of(CONSOLE, BRIDGE),
                            Set.of(DISPATCH)),
                    new Topic(
                            NATIONAL_EXCHANGE,
                            "incidentId",
                            true,
                            Map.of(),
                            Set.of(BRIDGE, NOTARY, AUDITOR),
                            Set.of(DISPATCH)),
                    new Topic(
                            DECISIONS,
                            "incidentId, or deviceId without an incident",
                            true,
                            EXPLAINED,
                            Set.of(NOTARY, AUDITOR),
                            Set.of(DISPATCH)),
                    new Topic(
                            AUDIT,
                            "incidentId, or the address of the message",
                            true,
                            FOR_EVER,
                            // A destination may wait for the record of what it is sent.
                            Set.of(NOTARY, AUDITOR, BRIDGE),
                            Set.of(NOTARY)),
                    new Topic(
                            AUDIT_HEADS, "name", false, FOR_EVER, Set.of(AUDITOR), Set.of(NOTARY)),
                    new Topic(
                            DEAD_LETTER,
                            "topic-partition-offset of the rejected record",
                            false,
                            REJECTED,
                            // The console counts them by reason.
                            Set.of(DEAD_LETTER_READER, CONSOLE),
                            Set.of(HOTLIST_MATCH, VIDEO_ANALYTICS, DISPATCH, BRIDGE)));

    private Topics() {}

    /** The topics with these names, in the order of {@link #ALL}. */
    public static List<Topic> named(Collection<String> names) {
        return ALL.stream().filter(topic -> names.contains(topic.name())).toList();
    }

    private static Map<String, String> retention(Duration retention) {
        return Map.of("retention.ms", String.valueOf(retention.toMillis()));
    }

    private static Map<String, String> byArrival(Map<String, String> settings) {
        Map<String, String> all = new HashMap<>(settings);
        all.putAll(ARRIVAL);
        return Map.copyOf(all);
    }
}
