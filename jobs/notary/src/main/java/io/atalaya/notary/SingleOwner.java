package io.atalaya.notary;

import org.apache.kafka.clients.consumer.ConsumerPartitionAssignor;
import org.apache.kafka.common.Cluster;
import org.apache.kafka.common.TopicPartition;

import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Assigns all partitions to one member of the group, because a chain has one writer. The others
 * stand by.
 */
public final class SingleOwner implements ConsumerPartitionAssignor {
    @Override
    public String name() {
        return "single-owner";
    }

    @Override
    public GroupAssignment assign(Cluster cluster, GroupSubscription group) {
        Map<String, Assignment> assignments = new HashMap<>();
        group.groupSubscription()
                .keySet()
                .forEach(member -> assignments.put(member, new Assignment(List.of())));
        String owner = Collections.min(assignments.keySet());
        List<TopicPartition> all = new ArrayList<>();
        for (String topic : group.groupSubscription().get(owner).topics()) {
            cluster.partitionsForTopic(topic)
                    .forEach(each -> all.add(new TopicPartition(topic, each.partition())));
        }
        assignments.put(owner, new Assignment(all));
        return new GroupAssignment(assignments);
    }
}
