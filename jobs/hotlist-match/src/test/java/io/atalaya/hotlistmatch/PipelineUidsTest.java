package io.atalaya.hotlistmatch;

import io.atalaya.testutils.PipelineUids;

import org.apache.flink.configuration.Configuration;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;

import java.util.List;

class PipelineUidsTest extends PipelineUids {
    PipelineUidsTest() {
        super(
                HotlistMatchOperatorId.values(),
                List.of(
                        // Flink derives these from the uid of the sink.
                        "Sink Committer: alerts",
                        "Sink Committer: dead-letter",
                        "alert-records",
                        "alert-records-dead-letters",
                        "alerts",
                        "anomaly",
                        "anomaly-dead-letters",
                        "answers",
                        "answers-dead-letters",
                        "calibration",
                        "calibration-dead-letters",
                        "clone-guard",
                        "clone-guard-dead-letters",
                        "company",
                        "company-dead-letters",
                        "convoys",
                        "convoys-dead-letters",
                        "dead-letter",
                        "decide",
                        "decide-dead-letters",
                        "device-news",
                        "devices",
                        "dispositions",
                        "faults",
                        "hotlist",
                        "list-news",
                        "match",
                        "match-dead-letters",
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
                        "passage-dead-letters",
                        "plate-reads",
                        "published-alerts",
                        "registry",
                        "registry-dead-letters",
                        "rfid-reads",
                        "savepoint-fence",
                        "second-opinion",
                        "second-opinion-dead-letters",
                        "sightings",
                        "sightings-dead-letters"));
    }

    @Override
    protected void build(StreamExecutionEnvironment env) {
        HotlistMatchJob.build(env, HotlistMatchSettings.from(new Configuration()));
    }
}
