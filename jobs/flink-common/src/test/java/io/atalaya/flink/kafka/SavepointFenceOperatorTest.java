package io.atalaya.flink.kafka;

import org.apache.flink.api.common.typeutils.base.StringSerializer;
import org.apache.flink.core.execution.SavepointFormatType;
import org.apache.flink.runtime.checkpoint.CheckpointType;
import org.apache.flink.runtime.checkpoint.SavepointType;
import org.apache.flink.runtime.checkpoint.SnapshotType;
import org.apache.flink.streaming.util.OneInputStreamOperatorTestHarness;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

class SavepointFenceOperatorTest {
    @Test
    void holdsRecordsBehindASavepointThatStopsTheJob() throws Exception {
        assertThat(passesAfter(SavepointType.suspend(SavepointFormatType.CANONICAL))).isFalse();
        assertThat(passesAfter(SavepointType.terminate(SavepointFormatType.NATIVE))).isFalse();
    }

    @Test
    void passesRecordsBehindAnyOtherSnapshot() throws Exception {
        assertThat(passesAfter(CheckpointType.CHECKPOINT)).isTrue();
        assertThat(passesAfter(CheckpointType.FULL_CHECKPOINT)).isTrue();
        assertThat(passesAfter(SavepointType.savepoint(SavepointFormatType.CANONICAL))).isTrue();
    }

    private static boolean passesAfter(SnapshotType snapshot) throws Exception {
        var harness =
                new OneInputStreamOperatorTestHarness<>(
                        new SavepointFence<String>(), StringSerializer.INSTANCE);
        harness.open();
        harness.processElement("before", 1);
        assertThat(harness.extractOutputValues()).containsExactly("before");
        harness.snapshotWithLocalState(1, 1, snapshot);
        harness.processElement("behind", 2);
        boolean passes = harness.extractOutputValues().contains("behind");
        harness.close();
        return passes;
    }
}
