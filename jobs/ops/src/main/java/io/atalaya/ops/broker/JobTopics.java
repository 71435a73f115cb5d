package io.atalaya.ops.broker;

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

/** Topics of an installation, as they are made where they do not exist yet. */
public final class JobTopics {
    private JobTopics() {}

    /**
     * Makes those that are missing, and leaves the others as they are.
     *
     * @param partitions of each; the broker decides about replicas
     * @return the names of the new ones
     * @throws KafkaException if the broker does not answer or refuses
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

    /** Another command may make it meanwhile. */
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
                        topic.name(),
                        Optional.of(topic.isPartitioned() ? partitions : 1),
                        Optional.empty())
                .configs(topic.settings());
    }
}
