package io.atalaya.contracts.topic;

import java.util.List;

/** An account on a secured broker. Its grants follow from {@link Topics#ALL}. */
public enum Account {
    HOTLIST_MATCH("hotlist-match", "The job.", true, true),
    VIDEO_ANALYTICS("video-analytics", "The job.", true, true),
    DISPATCH("dispatch", "The job.", true, true),
    FEEDER(
            "feeder",
            "Gateways that send reads, frames, device events, calls, drones and warnings.",
            false,
            false),
    DEVICE_REGISTRY("device-registry", "The system that registers devices.", false, false),
    HOTLIST("hotlist", "`scripts/hotlist`.", false, false),
    DISPOSITION(
            "disposition",
            "`scripts/disposition`, or a dispatch system that reports outcomes.",
            false,
            false),
    MODEL("model", "`scripts/model`.", false, false),
    POLICY("policy", "`scripts/policy`.", false, false),
    CONSOLE("console", "The console at which operators handle incidents.", true, false),
    BRIDGE("bridge", "The program that delivers incidents to other systems.", true, false),
    ALERT_READER("alert-reader", "Systems that receive alerts.", true, false),
    DEAD_LETTER_READER(
            "dead-letter-reader",
            "Operators who look into rejected records, which can hold covert entries.",
            true,
            false);

    private final String id;
    private final String user;
    private final boolean hasGroup;
    private final boolean hasTransactions;

    /**
     * @param hasGroup whether the account commits its progress
     * @param hasTransactions whether the account can write exactly once
     */
    Account(String id, String user, boolean hasGroup, boolean hasTransactions) {
        this.id = id;
        this.user = user;
        this.hasGroup = hasGroup;
        this.hasTransactions = hasTransactions;
    }

    /** The account's user name; its consumer group has the same name. */
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

    /** Whether the account commits its progress, in a consumer group of its name. */
    public boolean hasGroup() {
        return hasGroup;
    }

    /** Whether the account can write exactly once. */
    public boolean hasTransactions() {
        return hasTransactions;
    }
}
