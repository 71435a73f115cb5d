package io.atalaya.videoanalytics;

import io.atalaya.testutils.PipelineUids;

import org.apache.flink.configuration.Configuration;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;

import java.util.List;

class PipelineUidsTest extends PipelineUids {
    PipelineUidsTest() {
        super(
                VideoAnalyticsOperatorId.values(),
                List.of(
                        // Operators of Flink, named after the sink's uid.
                        "Sink Committer: alerts",
                        "Sink Committer: dead-letter",
                        "Sink Committer: model-answers",
                        "alert-records",
                        "alert-records-dead-letters",
                        "alerts",
                        "anomalies",
                        "anomalies-dead-letters",
                        "camera-frames",
                        "cameras",
                        "cameras-dead-letters",
                        "dead-letter",
                        "devices",
                        "faults",
                        "model-answers",
                        "model-control",
                        "model-trials",
                        "model-versions",
                        "model-versions-dead-letters",
                        "outages",
                        "outages-dead-letters",
                        "parse-camera-frames",
                        "parse-camera-frames-dead-letters",
                        "parse-devices",
                        "parse-devices-dead-letters",
                        "savepoint-fence"));
    }

    @Override
    protected void build(StreamExecutionEnvironment env) {
        VideoAnalyticsJob.build(env, VideoAnalyticsSettings.from(new Configuration()));
    }
}
