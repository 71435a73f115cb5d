package io.atalaya.contracts.topic;

import java.util.List;

/** An account on a secured broker. Its grants follow from {@link Topics#ALL}. */
public enum Account {
    HOTLIST_MATCH("hotlist-match", "The job.", Groups.ONE, true),
    VIDEO_ANALYTICS("video-analytics", "The job.", Groups.ONE, true),
    DISPATCH("dispatch", "The job.", Groups.ONE, true),
    READ_FEEDER("read-feeder", "Gateways that send reads of plates and tags.", Groups.NONE, false),
    FRAME_FEEDER("frame-feeder", "Gateways that send frames of cameras.", Groups.NONE, false),
    DEVICE_FEEDER(
            "device-feeder",
            "Gateways that send device events and the positions of drones.",
            Groups.NONE,
            false),
    CALL_FEEDER("call-feeder", "The system that takes calls.", Groups.NONE, false),
    WARNING_FEEDER("warning-feeder", "Gateways that send public warnings.", Groups.NONE, false),
    AGENCY_FEEDER(
            "agency-feeder", "The gateway for messages of other agencies.", Groups.NONE, false),
    DEVICE_REGISTRY("device-registry", "The system that registers devices.", Groups.NONE, false),
    HOTLIST("hotlist", "`scripts/hotlist`.", Groups.NONE, false),
    DISPOSITION(
            "disposition",
            "`scripts/disposition`, or a dispatch system that reports outcomes.",
            Groups.NONE,
            false),
    MODEL("model", "`scripts/model`.", Groups.NONE, false),
    POLICY("policy", "`scripts/policy`.", Groups.NONE, false),
    CONSOLE("console", "The console at which operators handle incidents.", Groups.NONE, false),
    BRIDGE(
            "bridge",
            "`scripts/bridge`, which delivers incidents to other systems.",
            Groups.SEVERAL,
            false),
    NOTARY("notary", "`scripts/notary`, which records what was sent.", Groups.ONE, true),
    AUDITOR("auditor", "`scripts/audit`, which checks that record.", Groups.NONE, false),
    ALERT_READER("alert-reader", "Systems that receive alerts.", Groups.ONE, false),
    DEAD_LETTER_READER(
            "dead-letter-reader",
            "Operators who look into rejected records, which can hold covert entries.",
            Groups.ONE,
            false);

    private final String id;
    private final String user;
    private final Groups groups;
    private final boolean hasTransactions;

    /**
     * @param hasTransactions whether the account can write exactly once
     */
    Account(String id, String user, Groups groups, boolean hasTransactions) {
        this.id = id;
        this.user = user;
        this.groups = groups;
        this.hasTransactions = hasTransactions;
    }

    /** The account's user name, and the name of its consumer group. */
    public String id() {
        return id;
    }

    /** The program or people that use the account, in Markdown. */
    public String user() {
        return user;
    }

    /** The topics that the account reads. */
    public List<Topic> readTopics() {
        return Topics.ALL.stream().filter(topic -> topic.readers().contains(this)).toList();
    }

    /** The topics that the account writes. */
    public List<Topic> writtenTopics() {
        return Topics.ALL.stream().filter(topic -> topic.writers().contains(this)).toList();
    }

    /** The topics that the account reads, writes, or both. */
    public List<Topic> topics() {
        return Topics.ALL.stream()
                .filter(topic -> topic.readers().contains(this) || topic.writers().contains(this))
                .toList();
    }

    /** The topics that the account reads and does not write. */
    public List<String> inputTopics() {
        return readTopics().stream()
                .filter(topic -> !topic.writers().contains(this))
                .map(Topic::name)
                .toList();
    }

    /** In which consumer groups the account commits its progress. */
    public Groups groups() {
        return groups;
    }

    /** Whether the account can write exactly once. */
    public boolean hasTransactions() {
        return hasTransactions;
    }

    /** The consumer groups of an account. */
    public enum Groups {
        NONE,
        /** One of the account's name. */
        ONE,
        /** Any whose name starts with that of the account and a hyphen. */
        SEVERAL
    }
}
