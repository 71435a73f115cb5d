package io.atalaya.kafka;

import io.atalaya.contracts.topic.Topic;

import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.KafkaFuture;
import org.apache.kafka.common.errors.AuthorizationException;
import org.apache.kafka.common.errors.TopicExistsException;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import java.util.stream.Collectors;

/** Creates topics of the catalogue. */
public final class TopicCreator {
    private TopicCreator() {}

    /**
     * Creates the missing topics and leaves existing ones unchanged.
     *
     * @param partitions number per new topic; the broker decides the number of replicas
     * @return names of the new topics
     * @throws KafkaException if the broker does not respond or rejects the request
     */
    public static List<String> createMissing(Admin admin, Collection<Topic> topics, int partitions)
            throws InterruptedException {
        List<String> created = new ArrayList<>();
        List<NewTopic> missing = List.of();
        try {
            Set<String> visible = admin.listTopics().names().get();
            missing =
                    topics.stream()
                            .filter(topic -> !visible.contains(topic.name()))
                            .map(topic -> newTopic(topic, partitions))
                            .toList();
            for (var each : admin.createTopics(missing).values().entrySet()) {
                if (isNew(each.getValue())) {
                    created.add(each.getKey());
                }
            }
        } catch (ExecutionException e) {
            throw e.getCause() instanceof AuthorizationException
                    ? new KafkaException(
                            missing.stream().map(NewTopic::name).collect(Collectors.joining(", "))
                                    + ": no such topic, or no grant for it; jobs/contracts/TOPICS.md"
                                    + " lists topics and grants",
                            e.getCause())
                    : new KafkaException(e.getCause().getMessage(), e.getCause());
        }
        return created;
    }

    /** False if another command has created the topic in the meantime. */
    private static boolean isNew(KafkaFuture<Void> creation)
            throws ExecutionException, InterruptedException {
        try {
            creation.get();
            return true;
        } catch (ExecutionException e) {
            if (e.getCause() instanceof TopicExistsException) {
                return false;
            }
            throw e;
        }
    }

    private static NewTopic newTopic(Topic topic, int partitions) {
        return new NewTopic(
                        topic.name(), Optional.of(topic.partitions(partitions)), Optional.empty())
                .configs(topic.settings());
    }
}
