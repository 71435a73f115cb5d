package io.atalaya.videoanalytics;

import io.atalaya.jobtests.PipelineUids;

import org.apache.flink.configuration.Configuration;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;

import java.util.List;

class PipelineUidsTest extends PipelineUids {
    PipelineUidsTest() {
        super(
                Step.values(),
                List.of(
                        // Flink's own, made of the sink's uid.
                        "Sink Committer: alerts",
                        "Sink Committer: dead-letter",
                        "Sink Committer: model-answers",
                        "alerts",
                        "anomalies",
                        "camera-frames",
                        "cameras",
                        "dead-letter",
                        "devices",
                        "model-answers",
                        "model-control",
                        "model-trials",
                        "model-versions",
                        "outages",
                        "parse-camera-frames",
                        "parse-devices",
                        "savepoint-fence"));
    }

    @Override
    protected void build(StreamExecutionEnvironment env) {
        VideoAnalyticsJob.build(env, VideoAnalyticsSettings.from(new Configuration()));
    }
}
