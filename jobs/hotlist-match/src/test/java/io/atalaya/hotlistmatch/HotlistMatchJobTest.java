package io.atalaya.hotlistmatch;

import io.atalaya.flink.rocksdb.FlushThreads;

import org.apache.flink.configuration.Configuration;
import org.apache.flink.state.rocksdb.RocksDBOptions;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

class HotlistMatchJobTest {
    @Test
    void itsStepsFlushAtTheSameTime() {
        StreamExecutionEnvironment env = StreamExecutionEnvironment.getExecutionEnvironment();

        HotlistMatchJob.build(env, HotlistMatchSettings.from(new Configuration()));

        assertThat(env.getStreamGraph().getJobConfiguration().get(RocksDBOptions.OPTIONS_FACTORY))
                .isEqualTo(FlushThreads.class.getName());
    }
}
