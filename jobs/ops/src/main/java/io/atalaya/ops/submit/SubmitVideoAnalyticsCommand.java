package io.atalaya.ops.submit;

import io.atalaya.contracts.topic.Account;
import io.atalaya.videoanalytics.VideoAnalyticsJob;
import io.atalaya.videoanalytics.VideoAnalyticsOptions;
import io.atalaya.videoanalytics.VideoAnalyticsSettings;

import picocli.CommandLine.Command;

/** {@code scripts/submit video-analytics}. */
@Command(
        name = VideoAnalyticsJob.NAME,
        description = {
            "Submits the job that watches cameras. Its settings are checked first, all of"
                    + " them at once; topics that are missing are created."
        })
final class SubmitVideoAnalyticsCommand extends SubmitJobCommand {
    SubmitVideoAnalyticsCommand() {
        super(
                Account.VIDEO_ANALYTICS,
                VideoAnalyticsOptions.ALL,
                settings -> VideoAnalyticsSettings.from(settings).kafka());
    }
}
