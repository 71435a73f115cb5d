package io.atalaya.flink.rocksdb;

import io.atalaya.flink.bulkhead.BulkheadOperator;
import io.atalaya.flink.bulkhead.BulkheadSettings;

import org.apache.flink.api.common.state.ValueState;
import org.apache.flink.api.common.state.ValueStateDescriptor;
import org.apache.flink.api.common.typeinfo.Types;
import org.apache.flink.runtime.state.storage.JobManagerCheckpointStorage;
import org.apache.flink.state.rocksdb.EmbeddedRocksDBStateBackend;
import org.apache.flink.streaming.api.operators.OneInputStreamOperator;
import org.apache.flink.streaming.runtime.streamrecord.StreamRecord;
import org.apache.flink.streaming.util.KeyedOneInputStreamOperatorTestHarness;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;

import static org.apache.flink.runtime.testutils.CommonTestUtils.waitUntilCondition;
import static org.assertj.core.api.Assertions.assertThat;

@SuppressWarnings("try") // An interrupted close of the harness fails the test anyway.
class EarlyFlushTest {
    private static final long NOON = 1_700_000_000_000L;
    private static final int KEYS = 1_000;
    private static final String PAGE = "x".repeat(8_192);

    @TempDir private Path directory;

    /** Keeps the keys of its pages on the heap until it writes the pages, 400 a part. */
    private static final class Pages extends BulkheadOperator<Integer>
            implements OneInputStreamOperator<Integer, Integer> {
        private static final long serialVersionUID = 1L;

        private final boolean isOnAlertPath;
        private transient ValueState<String> page;
        private transient int received;
        private transient int written;

        Pages(boolean isOnAlertPath) {
            super(BulkheadSettings.DEFAULT, false);
            this.isOnAlertPath = isOnAlertPath;
        }

        @Override
        public void open() throws Exception {
            super.open();
            page = valueState(new ValueStateDescriptor<>("page", Types.STRING));
        }

        @Override
        public void processElement(StreamRecord<Integer> element) {
            received++;
        }

        @Override
        protected boolean writesBeforeBarrier() {
            return isOnAlertPath;
        }

        @Override
        protected boolean writePart() throws Exception {
            for (int end = Math.min(received, written + 400); written < end; written++) {
                setCurrentKey(written);
                page.update(PAGE);
            }
            return written == received;
        }
    }

    @Test
    void stateIsOnDiskShortlyBeforeTheNextBarrier() throws Exception {
        try (var harness = harness(false)) {
            barrier(harness, 1, NOON);
            barrier(harness, 2, NOON + 10_000);
            receive(harness);
            long files = tables();

            harness.setProcessingTime(NOON + 18_990);
            assertThat(operator(harness).written).isZero();

            // In three parts, between which records may pass.
            harness.setProcessingTime(NOON + 19_000);
            assertThat(operator(harness).written).isEqualTo(400);
            harness.setProcessingTime(NOON + 19_010);
            harness.setProcessingTime(NOON + 19_020);
            assertThat(operator(harness).written).isEqualTo(KEYS);
            waitUntilCondition(() -> tables() > files);
        }
    }

    @Test
    void onTheWayOfAlertsLittleTimeIsLeftForChanges() throws Exception {
        try (var harness = harness(true)) {
            barrier(harness, 1, NOON);
            barrier(harness, 2, NOON + 10_000);
            receive(harness);

            harness.setProcessingTime(NOON + 19_690);
            assertThat(operator(harness).written).isZero();

            harness.setProcessingTime(NOON + 19_700);
            assertThat(operator(harness).written).isEqualTo(400);
        }
    }

    @Test
    void onTheWayOfAlertsABarrierIsPassedOnWhenAllIsOnDisk() throws Exception {
        try (var harness = harness(true)) {
            receive(harness);
            long files = tables();

            harness.prepareSnapshotPreBarrier(1);

            assertThat(operator(harness).written).isEqualTo(KEYS);
            assertThat(tables()).isGreaterThan(files);
        }
    }

    @Test
    void besideItABarrierIsPassedOnFirst() throws Exception {
        try (var harness = harness(false)) {
            receive(harness);

            harness.prepareSnapshotPreBarrier(1);

            assertThat(operator(harness).written).isZero();
        }
    }

    @Test
    void anEarlierBarrierMakesItNeedless() throws Exception {
        try (var harness = harness(false)) {
            barrier(harness, 1, NOON);
            barrier(harness, 2, NOON + 10_000);
            barrier(harness, 3, NOON + 13_000);
            receive(harness);

            harness.setProcessingTime(NOON + 30_000);

            assertThat(operator(harness).written).isZero();
        }
    }

    private KeyedOneInputStreamOperatorTestHarness<Integer, Integer, Integer> harness(
            boolean isOnAlertPath) throws Exception {
        var harness =
                new KeyedOneInputStreamOperatorTestHarness<>(
                        new Pages(isOnAlertPath), number -> number, Types.INT);
        EmbeddedRocksDBStateBackend backend = new EmbeddedRocksDBStateBackend(true);
        backend.getMemoryConfiguration().setUseManagedMemory(false);
        backend.setDbStoragePath(directory.toString());
        harness.setStateBackend(backend);
        harness.setCheckpointStorage(new JobManagerCheckpointStorage());
        harness.setProcessingTime(NOON);
        harness.open();
        return harness;
    }

    private static void barrier(
            KeyedOneInputStreamOperatorTestHarness<Integer, Integer, Integer> harness,
            long checkpoint,
            long time)
            throws Exception {
        harness.setProcessingTime(time);
        harness.prepareSnapshotPreBarrier(checkpoint);
        harness.snapshot(checkpoint, time);
    }

    private static void receive(
            KeyedOneInputStreamOperatorTestHarness<Integer, Integer, Integer> harness)
            throws Exception {
        for (int key = 0; key < KEYS; key++) {
            harness.processElement(key, NOON);
        }
    }

    private static Pages operator(
            KeyedOneInputStreamOperatorTestHarness<Integer, Integer, Integer> harness) {
        return (Pages) harness.getOperator();
    }

    /** RocksDB's files with state. */
    private long tables() {
        try (Stream<Path> files = Files.walk(directory)) {
            return files.filter(file -> file.toString().endsWith(".sst")).count();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
