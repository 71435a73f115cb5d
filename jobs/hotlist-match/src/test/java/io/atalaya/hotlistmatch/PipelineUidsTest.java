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
                        "alerting",
                        "alerting-dead-letters",
                        "alerts",
                        "calibration",
                        "calibration-dead-letters",
                        "convoy-proximity",
                        "convoy-proximity-dead-letters",
                        "convoys",
                        "convoys-dead-letters",
                        "cross-checks",
                        "cross-checks-dead-letters",
                        "dead-letter",
                        "device-updates",
                        "devices",
                        "dispositions",
                        "faults",
                        "faulty-devices",
                        "faulty-devices-dead-letters",
                        "hotlist",
                        "hotlist-updates",
                        "match",
                        "match-dead-letters",
                        "ocr-verification",
                        "ocr-verification-dead-letters",
                        "outcomes",
                        "outcomes-dead-letters",
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
                        "read-history",
                        "read-history-dead-letters",
                        "registry",
                        "registry-dead-letters",
                        "rfid-reads",
                        "savepoint-fence"));
    }

    @Override
    protected void build(StreamExecutionEnvironment env) {
        HotlistMatchJob.build(env, HotlistMatchSettings.from(new Configuration()));
    }
}
