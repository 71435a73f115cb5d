package io.atalaya.flink.kafka;

import io.atalaya.contracts.topic.RawRecord;

import org.apache.flink.api.common.eventtime.Watermark;
import org.apache.flink.api.common.eventtime.WatermarkGenerator;
import org.apache.flink.api.common.eventtime.WatermarkGeneratorSupplier;
import org.apache.flink.api.common.eventtime.WatermarkOutput;
import org.apache.flink.util.clock.RelativeClock;

import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * The watermarks of the partitions that one subtask of a source reads: the latest arrival time in
 * each. A partition without records does not hold back the others. Flink's own rule would count a
 * partition as idle, too, that has records and is only read late, as happens while a job catches
 * up: the watermark would leap by minutes or hours without them. It can still leap, by as long as a
 * source that had read everything stood still while more came, because a consumer learns what is
 * left of a partition only when it reads it.
 */
final class ArrivalWatermarks implements WatermarkGeneratorSupplier<RawRecord> {
    private static final long serialVersionUID = 1L;

    /**
     * Time without records after which any partition is idle, because its broker may be down. The
     * time in which the source has records of others to emit does not count, because a machine that
     * is overloaded may need it for those, nor that in which it waits for the steps behind it.
     */
    static final Duration UNREADABLE = Duration.ofSeconds(10);

    /** The same, also while the source has records of others to emit: they may never end. */
    static final Duration UNREADABLE_WHILE_BUSY = Duration.ofMinutes(2);

    private final String clientIdPrefix;

    /**
     * One for each partition that is assigned to the subtask, without saying which, and one for
     * records of no partition, which Flink makes as well and which has none.
     */
    private final List<PartitionWatermark> partitions = new ArrayList<>();

    /**
     * @param clientIdPrefix client id of the source's consumers without the subtask
     */
    ArrivalWatermarks(String clientIdPrefix) {
        this.clientIdPrefix = clientIdPrefix;
    }

    @Override
    public WatermarkGenerator<RawRecord> createWatermarkGenerator(Context context) {
        String subtask = context.getMetricGroup().getAllVariables().get("<subtask_index>");
        PartitionWatermark partition =
                new PartitionWatermark(
                        clientIdPrefix + "-" + subtask, context.getInputActivityClock());
        partitions.add(partition);
        return partition;
    }

    /** The watermark of one partition. */
    private final class PartitionWatermark implements WatermarkGenerator<RawRecord> {
        private final String clientId;
        private final RelativeClock clock;

        private boolean isActive;
        private long activeAt;

        /** When it last had unread records. */
        private long unreadAt;

        /** When the subtask last had records to emit, of any partition. */
        private long busyAt;

        private long latest = Long.MIN_VALUE;

        /** Not known before the first record. */
        private int partition = RawRecord.NOWHERE;

        private long offset;

        PartitionWatermark(String clientId, RelativeClock clock) {
            this.clientId = clientId;
            this.clock = clock;
            activeAt = clock.relativeTimeMillis();
            unreadAt = activeAt;
            busyAt = activeAt;
        }

        @Override
        public void onEvent(RawRecord record, long timestamp, WatermarkOutput output) {
            latest = Math.max(latest, timestamp);
            isActive = true;
            partition = record.partition();
            offset = record.offset();
        }

        @Override
        public void onPeriodicEmit(WatermarkOutput output) {
            if (isIdle()) {
                output.markIdle();
            } else if (partition != RawRecord.NOWHERE) {
                output.emitWatermark(new Watermark(latest - 1));
            }
        }

        private boolean isIdle() {
            long now = clock.relativeTimeMillis();
            if (isActive || isSubtaskBusy()) {
                busyAt = now;
            }
            if (isActive) {
                isActive = false;
                activeAt = now;
            }
            if (!isReadToItsEnd()) {
                unreadAt = now;
            }
            return now - busyAt >= UNREADABLE.toMillis()
                    || now - activeAt >= UNREADABLE_WHILE_BUSY.toMillis()
                    || now - Math.max(activeAt, unreadAt) >= KafkaConnectors.IDLE.toMillis();
        }

        private boolean isReadToItsEnd() {
            return partition == RawRecord.NOWHERE
                    ? areOthersReadToTheirEnds()
                    : UnreadRecords.isReadToItsEnd(clientId, partition, offset);
        }

        private boolean isSubtaskBusy() {
            Map<Integer, Long> emitted = new HashMap<>();
            partitions.forEach(each -> emitted.put(each.partition, each.offset));
            return UnreadRecords.isAnyHandedOver(clientId, emitted);
        }

        /** Whether this holds for all partitions of the subtask that have had no record. */
        private boolean areOthersReadToTheirEnds() {
            Set<Integer> started =
                    partitions.stream().map(each -> each.partition).collect(Collectors.toSet());
            Set<Integer> known = UnreadRecords.partitions(clientId);
            return known.size() >= Math.max(1, partitions.size() - 1)
                    && known.stream()
                            .filter(each -> !started.contains(each))
                            .allMatch(each -> UnreadRecords.isReadToItsEnd(clientId, each, -1));
        }
    }
}
