package io.atalaya.lab.replay;

import io.atalaya.contracts.topic.Topics;
import io.atalaya.flink.metrics.DeclaredMetric;
import io.atalaya.hotlistmatch.HotlistMatchJob;
import io.atalaya.hotlistmatch.HotlistMatchOptions;
import io.atalaya.hotlistmatch.HotlistMatchSettings;
import io.atalaya.hotlistmatch.metrics.HotlistMatchMetrics;
import io.atalaya.hotlistmatch.ocr.OcrSettings;
import io.atalaya.lab.platform.JobOverrides;
import io.atalaya.simulator.recording.InputTopic;
import io.atalaya.simulator.recording.Recording;
import io.atalaya.videoanalytics.VideoAnalyticsJob;
import io.atalaya.videoanalytics.VideoAnalyticsOptions;
import io.atalaya.videoanalytics.VideoAnalyticsSettings;
import io.atalaya.videoanalytics.metrics.VideoAnalyticsMetrics;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/** The jobs that a replay runs, in the order of the topics between them. */
final class ReplayedJobs {
    /** Upper limit of the job's OCR budget, in cores. */
    private static final int MOST_CORES = 8;

    private static final ReplayedJob HOTLIST_MATCH =
            new ReplayedJob(
                    HotlistMatchJob.NAME,
                    HotlistMatchJob.INPUT_TOPICS,
                    List.of(Topics.ALERTS, Topics.DEAD_LETTER),
                    "replay-hotlist-match",
                    // An alert waits up to 2.5 s for the registration of its device.
                    Duration.ofSeconds(3),
                    HotlistMatchMetrics.PENDING.stream().map(DeclaredMetric::name).toList(),
                    ReplayedJob.ANY_LEAD,
                    everyImage(),
                    new JobOverrides(HotlistMatchOptions.ALL, HotlistMatchSettings::from),
                    (env, configuration) ->
                            HotlistMatchJob.build(env, HotlistMatchSettings.from(configuration)));

    private static final ReplayedJob VIDEO_ANALYTICS =
            new ReplayedJob(
                    VideoAnalyticsJob.NAME,
                    VideoAnalyticsJob.INPUT_TOPICS,
                    List.of(Topics.ALERTS, Topics.MODEL_ANSWERS, Topics.DEAD_LETTER),
                    "replay-video-analytics",
                    Duration.ZERO,
                    VideoAnalyticsMetrics.PENDING.stream().map(DeclaredMetric::name).toList(),
                    // An eighth of the shortest silence that the job alerts on.
                    configuration ->
                            configuration.get(VideoAnalyticsOptions.SILENT_AFTER).dividedBy(8),
                    Map.of(),
                    new JobOverrides(VideoAnalyticsOptions.ALL, VideoAnalyticsSettings::from),
                    (env, configuration) ->
                            VideoAnalyticsJob.build(
                                    env, VideoAnalyticsSettings.from(configuration)));

    private ReplayedJobs() {}

    /**
     * All cores read plate images, and the reads wait for them. A queue of 256 requests takes about
     * 11 MB at most; a longer one would not shorten the replay.
     */
    private static Map<String, String> everyImage() {
        int cores = Math.min(Runtime.getRuntime().availableProcessors(), MOST_CORES);
        return Map.of(
                HotlistMatchOptions.OPINION_BUDGET.key(), Integer.toString(cores * 100),
                HotlistMatchOptions.OPINION_QUEUE.key(), "256",
                HotlistMatchOptions.OPINION_WHEN_FULL.key(), OcrSettings.WhenFull.WAIT.name(),
                HotlistMatchOptions.OPINION_MAX_AGE.key(), "1 d",
                HotlistMatchOptions.OPINION_MAX_WAIT.key(), "1 min");
    }

    static List<ReplayedJob> all() {
        return List.of(HOTLIST_MATCH, VIDEO_ANALYTICS);
    }

    /**
     * The jobs that have observations in the recording; all jobs if it has only background data.
     */
    static List<ReplayedJob> of(Recording recording) {
        Set<String> observed =
                recording.topics().stream()
                        .filter(InputTopic::observes)
                        .map(InputTopic::topicName)
                        .collect(Collectors.toSet());
        List<ReplayedJob> busy =
                all().stream()
                        .filter(job -> job.inputTopics().stream().anyMatch(observed::contains))
                        .toList();
        return busy.isEmpty() ? all() : busy;
    }
}
