package io.atalaya.videoanalytics;

import io.atalaya.testutils.JobChecks;
import io.atalaya.videoanalytics.metrics.VideoAnalyticsMetrics;

class VideoAnalyticsJobTest extends JobChecks {
    VideoAnalyticsJobTest() {
        super(
                new VideoAnalyticsJob(),
                VideoAnalyticsMetrics.class,
                """
                Sink Committer: alerts = alerts: Committer
                Sink Committer: dead-letter = dead letters: Committer
                Sink Committer: model-answers = answers: Committer
                alert-records = alerts as records
                alert-records-dead-letters = alerts as records: dead letters
                alerts = alerts: Writer
                anomalies = anomalies: trajectories, activity
                anomalies-dead-letters = anomalies: trajectories, activity: dead letters
                camera-frames = Source: camera frames
                cameras = cameras: scene, detectors, health
                cameras-dead-letters = cameras: scene, detectors, health: dead letters
                dead-letter = dead letters: Writer
                devices = Source: devices
                faults = faults: alerts about failures
                model-answers = answers: Writer
                model-control = Source: model control
                model-requests = model requests: accepted or rejected
                model-requests-dead-letters = model requests: accepted or rejected: dead letters
                model-validation = model validation
                outages = outages: many cameras silent at once
                outages-dead-letters = outages: many cameras silent at once: dead letters
                parse-camera-frames = parse frames
                parse-camera-frames-dead-letters = parse frames: dead letters
                parse-devices = parse devices
                parse-devices-dead-letters = parse devices: dead letters
                savepoint-fence = savepoint fence
                """);
    }
}
