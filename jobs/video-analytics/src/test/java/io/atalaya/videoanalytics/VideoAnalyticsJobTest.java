package io.atalaya.videoanalytics;

import io.atalaya.flink.rocksdb.FlushThreads;

import org.apache.flink.configuration.Configuration;
import org.apache.flink.state.rocksdb.RocksDBOptions;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

class VideoAnalyticsJobTest {
    @Test
    void itsStepsFlushAtTheSameTime() {
        StreamExecutionEnvironment env = StreamExecutionEnvironment.getExecutionEnvironment();

        VideoAnalyticsJob.build(env, VideoAnalyticsSettings.from(new Configuration()));

        assertThat(env.getStreamGraph().getJobConfiguration().get(RocksDBOptions.OPTIONS_FACTORY))
                .isEqualTo(FlushThreads.class.getName());
    }
}
