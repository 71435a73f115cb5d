package io.atalaya.videoanalytics;

import io.atalaya.testutils.JobChecks;
import io.atalaya.videoanalytics.metrics.VideoAnalyticsMetrics;

class VideoAnalyticsJobTest extends JobChecks {
    VideoAnalyticsJobTest() {
        super(
                new VideoAnalyticsJob(),
                VideoAnalyticsMetrics.class,
                """
                Sink Committer: anomalies-alerts = anomalies: alerts: Committer
                Sink Committer: dead-letter = dead letters: Committer
                Sink Committer: faults-alerts = faults: alerts: Committer
                Sink Committer: model-answers = answers: Committer
                Sink Committer: outages-alerts = outages: alerts: Committer
                Sink Committer: scenes-alerts = scenes: alerts: Committer
                anomalies = anomalies: trajectories, activity
                anomalies-alert-records = anomalies: alerts as records
                anomalies-alert-records-dead-letters = anomalies: alerts as records: dead letters
                anomalies-alerts = anomalies: alerts: Writer
                anomalies-dead-letters = anomalies: trajectories, activity: dead letters
                anomalies-savepoint-fence = anomalies: savepoint fence
                camera-frames = Source: camera frames
                cameras = cameras: scene, detectors, health
                cameras-dead-letters = cameras: scene, detectors, health: dead letters
                dead-letter = dead letters: Writer
                devices = Source: devices
                faults = faults: alerts about failures
                faults-alert-records = faults: alerts as records
                faults-alert-records-dead-letters = faults: alerts as records: dead letters
                faults-alerts = faults: alerts: Writer
                faults-savepoint-fence = faults: savepoint fence
                model-answers = answers: Writer
                model-control = Source: model control
                model-requests = model requests: accepted or rejected
                model-requests-dead-letters = model requests: accepted or rejected: dead letters
                model-validation = model validation
                outages = outages: many cameras silent at once
                outages-alert-records = outages: alerts as records
                outages-alert-records-dead-letters = outages: alerts as records: dead letters
                outages-alerts = outages: alerts: Writer
                outages-dead-letters = outages: many cameras silent at once: dead letters
                outages-savepoint-fence = outages: savepoint fence
                parse-camera-frames = parse frames
                parse-camera-frames-dead-letters = parse frames: dead letters
                parse-devices = parse devices
                parse-devices-dead-letters = parse devices: dead letters
                scenes-alert-records = scenes: alerts as records
                scenes-alert-records-dead-letters = scenes: alerts as records: dead letters
                scenes-alerts = scenes: alerts: Writer
                scenes-savepoint-fence = scenes: savepoint fence
                """);
    }
}
