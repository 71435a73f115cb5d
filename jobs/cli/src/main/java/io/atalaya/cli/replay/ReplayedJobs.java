package io.atalaya.cli.replay;

import io.atalaya.cli.embedded.JobOverrides;
import io.atalaya.hotlistmatch.HotlistMatchJob;
import io.atalaya.hotlistmatch.HotlistMatchOptions;
import io.atalaya.hotlistmatch.HotlistMatchSettings;
import io.atalaya.hotlistmatch.metrics.HotlistMatchMetrics;
import io.atalaya.kafka.Topics;

import java.time.Duration;
import java.util.List;

/** The jobs that a replay runs, in the order of the topics between them. */
final class ReplayedJobs {
    private static final ReplayedJob HOTLIST_MATCH =
            new ReplayedJob(
                    HotlistMatchJob.NAME,
                    List.of(
                            Topics.PLATE_READS,
                            Topics.RFID_READS,
                            Topics.HOTLIST,
                            Topics.DEVICES,
                            Topics.DISPOSITIONS),
                    List.of(Topics.ALERTS, Topics.DEAD_LETTER),
                    "replay-hotlist-match",
                    // An alert whose device was unknown looks for it again after 5 s.
                    Duration.ofSeconds(6),
                    List.of(
                            HotlistMatchMetrics.PENDING_LOOKS.name(),
                            HotlistMatchMetrics.PENDING_CLONES.name(),
                            HotlistMatchMetrics.PENDING_COMPANY.name()),
                    new JobOverrides(HotlistMatchOptions.ALL, HotlistMatchSettings::from),
                    (env, configuration) ->
                            HotlistMatchJob.build(env, HotlistMatchSettings.from(configuration)));

    private ReplayedJobs() {}

    static List<ReplayedJob> all() {
        return List.of(HOTLIST_MATCH);
    }
}
