package io.atalaya.flink.rocksdb;

import org.apache.flink.configuration.Configuration;
import org.apache.flink.state.rocksdb.RocksDBOptions;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.rocksdb.DBOptions;
import org.rocksdb.Env;
import org.rocksdb.NativeLibraryLoader;
import org.rocksdb.Priority;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;

import static org.assertj.core.api.Assertions.assertThat;

class RocksDbTuningTest {
    @Test
    void databasesDoNotWaitForOneThread(@TempDir Path library) throws IOException {
        NativeLibraryLoader.getInstance().loadLibrary(library.toString());
        int compactions = Env.getDefault().getBackgroundThreads(Priority.LOW);

        try (DBOptions options = new DBOptions()) {
            assertThat(new RocksDbTuning().createDBOptions(options, new ArrayList<>()))
                    .isSameAs(options);
        }

        assertThat(Env.getDefault().getBackgroundThreads(Priority.HIGH)).isGreaterThan(8);
        assertThat(Env.getDefault().getBackgroundThreads(Priority.LOW)).isEqualTo(compactions);
    }

    @Test
    void keepsAConfiguredFactory() {
        Configuration chosen = new Configuration();
        chosen.set(RocksDBOptions.OPTIONS_FACTORY, "org.example.Tuned");
        StreamExecutionEnvironment env = StreamExecutionEnvironment.getExecutionEnvironment(chosen);

        RocksDbTuning.in(env);

        assertThat(env.getConfiguration().get(RocksDBOptions.OPTIONS_FACTORY))
                .isEqualTo("org.example.Tuned");
    }
}
