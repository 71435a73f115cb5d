package io.atalaya.console.feed;

import io.atalaya.console.Samples;
import io.atalaya.console.health.Budgets;
import io.atalaya.console.health.Health;
import io.atalaya.console.item.Items;
import io.atalaya.console.map.Devices;
import io.atalaya.console.map.Duty;
import io.atalaya.console.queue.Mutes;
import io.atalaya.contracts.dispatch.Incident;
import io.atalaya.contracts.topic.Topics;

import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.MockConsumer;
import org.apache.kafka.common.Node;
import org.apache.kafka.common.PartitionInfo;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.TopicAuthorizationException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.BooleanSupplier;

import static org.assertj.core.api.Assertions.assertThat;

/** When what the console shows counts as read. */
class FeedTest {
    private final MockConsumer<String, byte[]> consumer = new MockConsumer<>("earliest");
    private final AtomicLong readAt = new AtomicLong();
    private final Items items = new Items();
    private final Feed feed = start();

    private Feed start() {
        TopicPartition incidents = new TopicPartition(Topics.INCIDENTS, 0);
        consumer.updatePartitions(
                Topics.INCIDENTS,
                List.of(
                        new PartitionInfo(
                                Topics.INCIDENTS, 0, Node.noNode(), new Node[0], new Node[0])));
        consumer.updateBeginningOffsets(Map.of(incidents, 0L));
        consumer.updateEndOffsets(Map.of(incidents, 0L));
        Devices devices = new Devices(items);
        Budgets budgets = new Budgets();
        return new Feed(
                consumer,
                items,
                new Mutes(items),
                devices,
                new Health(null, items, devices, null, budgets),
                budgets,
                new Duty(Set.of(), List::of, null),
                readAt::set);
    }

    @AfterEach
    void stop() {
        feed.close();
    }

    @Test
    void leavesOutNoMoreThanTheRecordThatCausesAnError() {
        byte[] good =
                Incident.CODEC.write(
                        Samples.incident("i", System.currentTimeMillis(), "TOLUCA", null));
        consumer.schedulePollTask(
                () -> {
                    consumer.addRecord(
                            new ConsumerRecord<>(Topics.INCIDENTS, 0, 0, "i", good) {
                                @Override
                                public byte[] value() {
                                    throw new NoClassDefFoundError("as of a faulty library");
                                }
                            });
                    consumer.addRecord(new ConsumerRecord<>(Topics.INCIDENTS, 0, 1, "i", good));
                });
        await(items::isWithDispatch);
    }

    @Test
    void readsOnAfterAnError() {
        AtomicInteger errors = new AtomicInteger();
        consumer.schedulePollTask(
                () -> {
                    errors.incrementAndGet();
                    throw new NoClassDefFoundError("as of a faulty library");
                });
        await(() -> errors.get() == 1);
        long failed = System.currentTimeMillis();
        await(() -> readAt.get() > failed);
    }

    /** As for a topic that it may not read, between polls of the others that work. */
    @Test
    void hasReadNothingAsLongAsSomePollsFail() {
        AtomicInteger failures = new AtomicInteger();
        consumer.schedulePollTask(() -> fail(failures));
        await(() -> failures.get() == 1);
        long before = readAt.get();
        await(() -> failures.get() == 5);
        assertThat(readAt).hasValue(before);
    }

    private void fail(AtomicInteger failures) {
        consumer.schedulePollTask(() -> {});
        consumer.schedulePollTask(() -> fail(failures));
        failures.incrementAndGet();
        throw new TopicAuthorizationException(Topics.DEAD_LETTER);
    }

    private static void await(BooleanSupplier condition) {
        long start = System.nanoTime();
        while (!condition.getAsBoolean()) {
            assertThat(System.nanoTime() - start).isLessThan(60_000_000_000L);
            try {
                Thread.sleep(10);
            } catch (InterruptedException e) {
                throw new IllegalStateException(e);
            }
        }
    }
}
