package io.atalaya.flink.kafka;

import io.atalaya.contracts.topic.RawRecord;

import org.apache.flink.api.common.eventtime.Watermark;
import org.apache.flink.api.common.eventtime.WatermarkGenerator;
import org.apache.flink.api.common.eventtime.WatermarkGeneratorSupplier;
import org.apache.flink.api.common.eventtime.WatermarkOutput;
import org.apache.flink.util.clock.RelativeClock;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * The watermarks of the partitions that one subtask of a source reads: the latest arrival time in
 * each. A partition without records does not hold back the others. Flink's own rule would count a
 * partition as idle, too, that has records and is only read late, as happens while a job catches
 * up: the watermark would leap by minutes or hours without them.
 */
final class ArrivalWatermarks implements WatermarkGeneratorSupplier<RawRecord> {
    private static final long serialVersionUID = 1L;

    /**
     * Time without records after which any partition is idle, because its broker may be down. Flink
     * does not count the time in which a source waits for the steps behind it.
     */
    static final Duration UNREADABLE = Duration.ofSeconds(10);

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

        private long silentSince;
        private boolean isActive;
        private long latest = Long.MIN_VALUE;

        /** Not known before the first record. */
        private int partition = RawRecord.NOWHERE;

        PartitionWatermark(String clientId, RelativeClock clock) {
            this.clientId = clientId;
            this.clock = clock;
            silentSince = clock.relativeTimeMillis();
        }

        @Override
        public void onEvent(RawRecord record, long timestamp, WatermarkOutput output) {
            latest = Math.max(latest, timestamp);
            isActive = true;
            partition = record.partition();
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
            if (isActive) {
                isActive = false;
                silentSince = now;
            }
            long silent = now - silentSince;
            return silent >= UNREADABLE.toMillis()
                    || silent >= KafkaConnectors.IDLE.toMillis() && isReadToItsEnd();
        }

        private boolean isReadToItsEnd() {
            return partition == RawRecord.NOWHERE
                    ? areOthersReadToTheirEnds()
                    : ConsumerLags.isReadToItsEnd(clientId, partition);
        }

        /** Whether this holds for all partitions of the subtask that have had no record. */
        private boolean areOthersReadToTheirEnds() {
            Set<Integer> started =
                    partitions.stream().map(each -> each.partition).collect(Collectors.toSet());
            Set<Integer> known = ConsumerLags.partitions(clientId);
            return known.size() >= partitions.size() - 1
                    && known.stream()
                            .filter(each -> !started.contains(each))
                            .allMatch(each -> ConsumerLags.isReadToItsEnd(clientId, each));
        }
    }
}
