package io.atalaya.flink.rocksdb;

import org.apache.flink.configuration.Configuration;
import org.apache.flink.configuration.ReadableConfig;
import org.apache.flink.state.rocksdb.RocksDBConfigurableOptions;
import org.apache.flink.state.rocksdb.RocksDBOptions;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.rocksdb.ColumnFamilyOptions;
import org.rocksdb.DBOptions;
import org.rocksdb.Env;
import org.rocksdb.FlushOptions;
import org.rocksdb.NativeLibraryLoader;
import org.rocksdb.Options;
import org.rocksdb.Priority;
import org.rocksdb.RocksDB;
import org.rocksdb.Statistics;
import org.rocksdb.TickerType;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;

import static org.assertj.core.api.Assertions.assertThat;

class RocksDbTuningTest {
    private static final int KEYS = 20_000;
    private static final int VALUE_BYTES = 200;
    private static final int CHECKPOINTS = 50;

    @Test
    void databasesDoNotWaitForOneThread(@TempDir Path library) throws IOException {
        NativeLibraryLoader.getInstance().loadLibrary(library.toString());
        int compactions = Env.getDefault().getBackgroundThreads(Priority.LOW);

        try (DBOptions options = new DBOptions()) {
            assertThat(new RocksDbTuning().createDBOptions(options, new ArrayList<>()))
                    .isSameAs(options);
            assertThat(options.atomicFlush()).isTrue();
        }

        assertThat(Env.getDefault().getBackgroundThreads(Priority.HIGH)).isGreaterThan(8);
        assertThat(Env.getDefault().getBackgroundThreads(Priority.LOW)).isEqualTo(compactions);
    }

    @Test
    void fewChangesDoNotWriteALargeStateAgain(@TempDir Path library, @TempDir Path directory)
            throws Exception {
        NativeLibraryLoader.getInstance().loadLibrary(library.toString());
        Random random = new Random(1);
        List<AutoCloseable> handles = new ArrayList<>();
        try (DBOptions dbOptions = new DBOptions();
                ColumnFamilyOptions columnOptions = new ColumnFamilyOptions();
                Statistics statistics = new Statistics();
                Options options =
                        new Options(
                                dbOptions.setCreateIfMissing(true),
                                new RocksDbTuning().createColumnOptions(columnOptions, handles));
                FlushOptions flush = new FlushOptions();
                RocksDB db = RocksDB.open(options.setStatistics(statistics), directory + "/db")) {
            byte[] value = new byte[VALUE_BYTES];
            for (int key = 0; key < KEYS; key++) {
                random.nextBytes(value);
                db.put(bytes(key), value);
            }
            db.flush(flush);
            for (int checkpoint = 0; checkpoint < CHECKPOINTS; checkpoint++) {
                for (int change = 0; change < 10; change++) {
                    db.put(bytes(random.nextInt(KEYS)), value);
                }
                db.flush(flush);
                while (db.getLongProperty("rocksdb.num-running-compactions") > 0
                        || db.getLongProperty("rocksdb.compaction-pending") > 0) {
                    Thread.sleep(1);
                }
            }

            assertThat(statistics.getTickerCount(TickerType.COMPACT_WRITE_BYTES))
                    .isPositive()
                    .isLessThan((long) KEYS * VALUE_BYTES / 2);
        }
        for (AutoCloseable handle : handles) {
            handle.close();
        }
    }

    private static byte[] bytes(int key) {
        return ByteBuffer.allocate(Integer.BYTES).putInt(key).array();
    }

    @Test
    void keepsWhatIsConfigured() {
        Configuration chosen = new Configuration();
        chosen.set(RocksDBOptions.OPTIONS_FACTORY, "org.example.Tuned");
        chosen.set(RocksDBConfigurableOptions.USE_BLOOM_FILTER, false);
        StreamExecutionEnvironment env = StreamExecutionEnvironment.getExecutionEnvironment(chosen);

        RocksDbTuning.in(env);

        ReadableConfig then = env.getConfiguration();
        assertThat(then.get(RocksDBOptions.OPTIONS_FACTORY)).isEqualTo("org.example.Tuned");
        assertThat(then.get(RocksDBConfigurableOptions.USE_BLOOM_FILTER)).isFalse();
    }

    @Test
    void filtersTheFilesOfOtherJobs() {
        StreamExecutionEnvironment env = StreamExecutionEnvironment.getExecutionEnvironment();

        RocksDbTuning.in(env);

        assertThat(env.getConfiguration().get(RocksDBConfigurableOptions.USE_BLOOM_FILTER))
                .isTrue();
    }
}
