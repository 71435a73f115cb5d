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
                        "alert-records",
                        "alert-records-dead-letters",
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
                        "faults",
                        "hotlist",
                        "list-news",
                        "match",
                        "parse-devices",
                        "parse-devices-dead-letters",
                        "parse-dispositions",
                        "parse-dispositions-dead-letters",
                        "parse-hotlist",
                        "parse-hotlist-dead-letters",
                        "parse-plate-reads",
                        "parse-plate-reads-dead-letters",
                        "parse-published-alerts",
                        "parse-published-alerts-dead-letters",
                        "parse-rfid-reads",
                        "parse-rfid-reads-dead-letters",
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
