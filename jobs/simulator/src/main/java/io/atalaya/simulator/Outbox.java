package io.atalaya.simulator;

import io.atalaya.contracts.topic.TopicRecord;
import io.atalaya.simulator.condition.Degradation;

import java.util.List;
import java.util.PriorityQueue;

/** Queue of generated records in order of arrival; at equal times in order of generation. */
final class Outbox {
    private record Outgoing(TopicRecord record, long order) implements Comparable<Outgoing> {
        @Override
        public int compareTo(Outgoing other) {
            int byArrival = Long.compare(record.timestamp(), other.record.timestamp());
            return byArrival != 0 ? byArrival : Long.compare(order, other.order);
        }
    }

    private final PriorityQueue<Outgoing> queue = new PriorityQueue<>();
    private final Degradation degradation;
    private long order;

    /**
     * @param degradation of what is sent
     */
    Outbox(Degradation degradation) {
        this.degradation = degradation;
    }

    void send(TopicRecord record) {
        TopicRecord degraded = degradation.degrade(record);
        if (degraded != null) {
            queue.add(new Outgoing(degraded, order++));
        }
    }

    List<TopicRecord> contents() {
        return queue.stream().map(Outgoing::record).toList();
    }

    /** Whether a record arrives before that time. */
    boolean hasBefore(long time) {
        return !queue.isEmpty() && queue.peek().record().timestamp() < time;
    }

    TopicRecord poll() {
        return queue.remove().record();
    }
}
