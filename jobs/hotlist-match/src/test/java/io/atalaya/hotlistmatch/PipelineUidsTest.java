package io.atalaya.hotlistmatch;

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
                        "alerts",
                        "anomaly",
                        "answers",
                        "calibration",
                        "clone-guard",
                        "company",
                        "convoys",
                        "dead-letter",
                        "decide",
                        "device-news",
                        "devices",
                        "dispositions",
                        "hotlist",
                        "list-news",
                        "match",
                        "parse-devices",
                        "parse-dispositions",
                        "parse-hotlist",
                        "parse-plate-reads",
                        "parse-published-alerts",
                        "parse-rfid-reads",
                        "passage",
                        "plate-reads",
                        "published-alerts",
                        "registry",
                        "rfid-reads",
                        "savepoint-fence",
                        "second-opinion",
                        "sightings"));
    }

    @Override
    protected void build(StreamExecutionEnvironment env) {
        HotlistMatchJob.build(env, HotlistMatchSettings.from(new Configuration()));
    }
}
