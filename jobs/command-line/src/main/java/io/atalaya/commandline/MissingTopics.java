package io.atalaya.commandline;

import io.atalaya.contracts.topic.Account;
import io.atalaya.kafka.TopicCreator;

import org.apache.kafka.clients.admin.Admin;

import java.util.Map;

/** Creates topics that a process without Flink needs, as {@code scripts/submit} does for a job. */
public final class MissingTopics {
    /** As of the topics that {@code scripts/submit} creates by default. */
    private static final int PARTITIONS = 4;

    private MissingTopics() {}

    /** Creates the missing topics of an account. */
    public static void create(Map<String, Object> client, Account account)
            throws InterruptedException {
        try (Admin admin = Admin.create(client)) {
            TopicCreator.createMissing(admin, account.topics(), PARTITIONS);
        }
    }
}
