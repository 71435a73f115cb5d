package io.atalaya.kafka;

import org.apache.kafka.common.acl.AccessControlEntry;
import org.apache.kafka.common.acl.AclBinding;
import org.apache.kafka.common.acl.AclOperation;
import org.apache.kafka.common.acl.AclPermissionType;
import org.apache.kafka.common.resource.PatternType;
import org.apache.kafka.common.resource.ResourcePattern;
import org.apache.kafka.common.resource.ResourceType;

import java.util.ArrayList;
import java.util.List;

/** An account on a secured broker. Its grants follow from {@link Topics#ALL}. */
public enum Account {
    HOTLIST_MATCH("hotlist-match", "The job.", true, true),
    VIDEO_ANALYTICS("video-analytics", "The job.", true, true),
    FEEDER("feeder", "Gateways that send reads and frames.", false, false),
    DEVICE_REGISTRY("device-registry", "The system that registers devices.", false, false),
    HOTLIST("hotlist", "`scripts/hotlist`.", false, false),
    DISPOSITION(
            "disposition",
            "`scripts/disposition`, or a dispatch system that reports outcomes.",
            false,
            false),
    MODEL("model", "`scripts/model`.", false, false),
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
     * @param hasGroup whether it commits its progress
     * @param hasTransactions whether it can write exactly once
     */
    Account(String id, String user, boolean hasGroup, boolean hasTransactions) {
        this.id = id;
        this.user = user;
        this.hasGroup = hasGroup;
        this.hasTransactions = hasTransactions;
    }

    /** Its user name; a consumer group of the account has the same name. */
    public String id() {
        return id;
    }

    /** Who uses it; Markdown. */
    public String user() {
        return user;
    }

    /** The topics that it reads. */
    public List<Topic> readTopics() {
        return Topics.ALL.stream().filter(topic -> topic.readers().contains(this)).toList();
    }

    /** The topics that it writes. */
    public List<Topic> writtenTopics() {
        return Topics.ALL.stream().filter(topic -> topic.writers().contains(this)).toList();
    }

    /** The topics that it reads, writes, or both. */
    public List<Topic> topics() {
        return Topics.ALL.stream()
                .filter(topic -> topic.readers().contains(this) || topic.writers().contains(this))
                .toList();
    }

    /** The topics that others write for it. */
    public List<String> inputTopics() {
        return readTopics().stream()
                .filter(topic -> !topic.writers().contains(this))
                .map(Topic::name)
                .toList();
    }

    /**
     * All that it may do. Kafka derives the right to describe a resource from the right to read or
     * write it, and the right to write with idempotence from the right to write any topic.
     */
    public List<AclBinding> grants() {
        List<AclBinding> grants = new ArrayList<>();
        readTopics().forEach(topic -> grants.add(topic(topic, AclOperation.READ)));
        writtenTopics().forEach(topic -> grants.add(topic(topic, AclOperation.WRITE)));
        if (hasGroup) {
            grants.add(grant(ResourceType.GROUP, id, PatternType.LITERAL, AclOperation.READ));
        }
        if (hasTransactions) {
            grants.add(
                    grant(
                            ResourceType.TRANSACTIONAL_ID,
                            KafkaEnds.transactionalIdPrefix(id),
                            PatternType.PREFIXED,
                            AclOperation.WRITE));
        }
        return grants;
    }

    private AclBinding topic(Topic topic, AclOperation operation) {
        return grant(ResourceType.TOPIC, topic.name(), PatternType.LITERAL, operation);
    }

    private AclBinding grant(
            ResourceType type, String name, PatternType pattern, AclOperation operation) {
        return new AclBinding(
                new ResourcePattern(type, name, pattern),
                new AccessControlEntry("User:" + id, "*", operation, AclPermissionType.ALLOW));
    }
}
