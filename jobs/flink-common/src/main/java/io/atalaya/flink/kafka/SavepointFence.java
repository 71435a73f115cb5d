package io.atalaya.flink.kafka;

import org.apache.flink.runtime.checkpoint.CheckpointOptions;
import org.apache.flink.runtime.checkpoint.SavepointType;
import org.apache.flink.runtime.checkpoint.SnapshotType;
import org.apache.flink.runtime.state.CheckpointStreamFactory;
import org.apache.flink.streaming.api.operators.AbstractStreamOperator;
import org.apache.flink.streaming.api.operators.OneInputStreamOperator;
import org.apache.flink.streaming.api.operators.OperatorSnapshotFutures;
import org.apache.flink.streaming.runtime.streamrecord.StreamRecord;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Drops what is emitted behind the savepoint that stops the job. Flink's sources send the
 * savepoint's barrier before the end of data, which is what stops processing-time timers. A timer
 * that fires between the two acts on state that the savepoint already holds, and fires again after
 * the restore. A sink that commits with the savepoint discards such records; one that delivers at
 * least once does not, and needs this operator in front of it.
 *
 * <p>If the savepoint fails, Flink restarts the job from the last checkpoint, and with it this
 * operator.
 */
public final class SavepointFence<T> extends AbstractStreamOperator<T>
        implements OneInputStreamOperator<T, T> {
    private static final long serialVersionUID = 1L;

    private static final Logger LOG = LoggerFactory.getLogger(SavepointFence.class);

    private transient boolean isClosed;

    @Override
    public void processElement(StreamRecord<T> record) {
        if (!isClosed) {
            output.collect(record);
        }
    }

    @Override
    public OperatorSnapshotFutures snapshotState(
            long checkpointId,
            long timestamp,
            CheckpointOptions options,
            CheckpointStreamFactory storage)
            throws Exception {
        isClosed = isStoppingTheJob(options.getCheckpointType());
        if (isClosed) {
            LOG.info("Nothing is emitted behind savepoint {}, which stops the job", checkpointId);
        }
        return super.snapshotState(checkpointId, timestamp, options, storage);
    }

    private static boolean isStoppingTheJob(SnapshotType type) {
        return type instanceof SavepointType savepoint && savepoint.isSynchronous();
    }
}
