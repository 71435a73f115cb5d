package io.atalaya.hotlistmatch;

import io.atalaya.hotlistmatch.metrics.HotlistMatchMetrics;
import io.atalaya.testutils.JobChecks;

import org.apache.flink.configuration.Configuration;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import org.apache.flink.streaming.api.graph.StreamNode;
import org.junit.jupiter.api.Test;

import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

import static org.assertj.core.api.Assertions.assertThat;

class HotlistMatchJobTest extends JobChecks {
    HotlistMatchJobTest() {
        super(
                new HotlistMatchJob(),
                HotlistMatchMetrics.class,
                """
                Sink Committer: cross-checks-alerts = cross-checks: alerts: Committer
                Sink Committer: dead-letter = dead letters: Committer
                Sink Committer: faults-alerts = faults: alerts: Committer
                Sink Committer: hotlist-alerts = hotlist: alerts: Committer
                alerting = alerting: hot-list alerts
                alerting-dead-letters = alerting: hot-list alerts: dead letters
                calibration = calibration: offsets of devices and lists
                calibration-dead-letters = calibration: offsets of devices and lists: dead letters
                convoy-proximity = convoy proximity: vehicles near listed ones
                convoy-proximity-dead-letters = convoy proximity: vehicles near listed ones: dead letters
                convoys = convoys: vehicles that travel together
                convoys-dead-letters = convoys: vehicles that travel together: dead letters
                cross-checks = cross-checks: alerts without an entry
                cross-checks-alert-records = cross-checks: alerts as records
                cross-checks-alert-records-dead-letters = cross-checks: alerts as records: dead letters
                cross-checks-alerts = cross-checks: alerts: Writer
                cross-checks-dead-letters = cross-checks: alerts without an entry: dead letters
                cross-checks-savepoint-fence = cross-checks: savepoint fence
                dead-letter = dead letters: Writer
                device-updates = devices as reference updates
                devices = Source: devices
                dispositions = Source: dispositions
                faults = faults: alerts about failures
                faults-alert-records = faults: alerts as records
                faults-alert-records-dead-letters = faults: alerts as records: dead letters
                faults-alerts = faults: alerts: Writer
                faults-savepoint-fence = faults: savepoint fence
                faulty-devices = faulty devices: filter of cloned plates
                faulty-devices-dead-letters = faulty devices: filter of cloned plates: dead letters
                hotlist = Source: hot list
                hotlist-alert-records = hotlist: alerts as records
                hotlist-alert-records-dead-letters = hotlist: alerts as records: dead letters
                hotlist-alerts = hotlist: alerts: Writer
                hotlist-savepoint-fence = hotlist: savepoint fence
                hotlist-updates = hot list as reference updates
                match = match: buckets
                match-dead-letters = match: buckets: dead letters
                ocr-verification = OCR verification: images read again
                ocr-verification-dead-letters = OCR verification: images read again: dead letters
                outcomes = outcomes: alerts and their dispositions
                outcomes-dead-letters = outcomes: alerts and their dispositions: dead letters
                parse-devices = parse devices
                parse-devices-dead-letters = parse devices: dead letters
                parse-dispositions = parse dispositions
                parse-dispositions-dead-letters = parse dispositions: dead letters
                parse-hotlist = parse hot list
                parse-hotlist-dead-letters = parse hot list: dead letters
                parse-plate-reads = parse plate reads
                parse-plate-reads-dead-letters = parse plate reads: dead letters
                parse-published-alerts = parse published alerts
                parse-published-alerts-dead-letters = parse published alerts: dead letters
                parse-rfid-reads = parse tag reads
                parse-rfid-reads-dead-letters = parse tag reads: dead letters
                passage = passage and prefilter
                passage-dead-letters = passage and prefilter: dead letters
                plate-reads = Source: plate reads
                published-alerts = Source: alerts as published
                read-history = read history: reads by plate
                read-history-dead-letters = read history: reads by plate: dead letters
                registry = registry: entry versions
                registry-dead-letters = registry: entry versions: dead letters
                rfid-reads = Source: tag reads
                """);
    }

    @Test
    void whatIsSwitchedOffIsNotBuilt() {
        Set<String> all = operators(Map.of());

        assertThat(difference(all, operators(Map.of("tags.enabled", "false"))))
                .containsExactlyInAnyOrder(
                        "rfid-reads", "parse-rfid-reads", "parse-rfid-reads-dead-letters");
        assertThat(difference(all, operators(Map.of("clones.enabled", "false"))))
                .containsExactlyInAnyOrder("faulty-devices", "faulty-devices-dead-letters");
        assertThat(difference(all, operators(Map.of("convoys.enabled", "false"))))
                .containsExactlyInAnyOrder(
                        "convoy-proximity",
                        "convoy-proximity-dead-letters",
                        "convoys",
                        "convoys-dead-letters");
        assertThat(operators(OrderKafkaIT.MATCHING_ALONE))
                .contains("match")
                .doesNotContain(
                        "rfid-reads", "read-history", "hotlist-updates", "convoys", "cross-checks");
    }

    private static Set<String> difference(Set<String> some, Set<String> others) {
        return some.stream().filter(each -> !others.contains(each)).collect(Collectors.toSet());
    }

    private static Set<String> operators(Map<String, String> options) {
        StreamExecutionEnvironment env = StreamExecutionEnvironment.getExecutionEnvironment();
        new HotlistMatchJob().addTo(env, Configuration.fromMap(options));
        return env.getStreamGraph(false).getStreamNodes().stream()
                .map(StreamNode::getTransformationUID)
                .collect(Collectors.toSet());
    }
}
