package io.atalaya.kafka;

import io.atalaya.contracts.topic.Account;
import io.atalaya.contracts.topic.Topic;

import org.apache.kafka.common.acl.AccessControlEntry;
import org.apache.kafka.common.acl.AclBinding;
import org.apache.kafka.common.acl.AclOperation;
import org.apache.kafka.common.acl.AclPermissionType;
import org.apache.kafka.common.resource.PatternType;
import org.apache.kafka.common.resource.ResourcePattern;
import org.apache.kafka.common.resource.ResourceType;

import java.util.ArrayList;
import java.util.List;

/** The rights of an account on a secured broker. */
public final class Grants {
    private Grants() {}

    /**
     * All rights of an account. Kafka derives the right to describe a resource from the right to
     * read or write it, and the right to write with idempotence from the right to write any topic.
     */
    public static List<AclBinding> of(Account account) {
        List<AclBinding> grants = new ArrayList<>();
        account.readTopics().forEach(topic -> grants.add(of(account, topic, AclOperation.READ)));
        account.writtenTopics()
                .forEach(topic -> grants.add(of(account, topic, AclOperation.WRITE)));
        if (account.groups() != Account.Groups.NONE) {
            boolean isOne = account.groups() == Account.Groups.ONE;
            grants.add(
                    grant(
                            account,
                            ResourceType.GROUP,
                            isOne ? account.id() : account.id() + "-",
                            isOne ? PatternType.LITERAL : PatternType.PREFIXED,
                            AclOperation.READ));
        }
        if (account.hasTransactions()) {
            grants.add(
                    grant(
                            account,
                            ResourceType.TRANSACTIONAL_ID,
                            transactionalIdPrefix(account.id()),
                            PatternType.PREFIXED,
                            AclOperation.WRITE));
        }
        return grants;
    }

    /** The prefix of the transactional ids of a group. */
    public static String transactionalIdPrefix(String groupId) {
        return groupId + "-";
    }

    private static AclBinding of(Account account, Topic topic, AclOperation operation) {
        return grant(account, ResourceType.TOPIC, topic.name(), PatternType.LITERAL, operation);
    }

    private static AclBinding grant(
            Account account,
            ResourceType type,
            String name,
            PatternType pattern,
            AclOperation operation) {
        return new AclBinding(
                new ResourcePattern(type, name, pattern),
                new AccessControlEntry(
                        "User:" + account.id(), "*", operation, AclPermissionType.ALLOW));
    }
}
