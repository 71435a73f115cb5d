package io.atalaya.lab.replay;

import io.atalaya.flink.job.JobDefinition;
import io.atalaya.flink.metrics.DeclaredMetric;
import io.atalaya.hotlistmatch.HotlistMatchJob;
import io.atalaya.hotlistmatch.ocr.OcrSettings;
import io.atalaya.hotlistmatch.ocr.OcrSettings.WhenFull;
import io.atalaya.simulator.recording.Recording;

import org.apache.flink.configuration.Configuration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;

import static org.assertj.core.api.Assertions.assertThat;

/** Tests that a job without input is not started, because it would only cost the others time. */
class ReplayRunTest {
    @TempDir private Path directory;

    /** Dispatch is evaluated by them, and no job writes them. */
    @Test
    void theAnswersToIncidentsAreWrittenWithThem() {
        assertThat(Replay.written(JobDefinition.all()))
                .contains("incidents", "dispatch-responses", "audit", "audit-heads");
        assertThat(Replay.written(List.of(new HotlistMatchJob())))
                .contains("alerts")
                .doesNotContain("incidents", "dispatch-responses", "audit");
    }

    /** At full speed the OCR budget for live traffic would drop images. */
    @Test
    void atFullSpeedEveryImageIsReadUnlessAPersonSaysOtherwise() {
        HotlistMatchJob job = new HotlistMatchJob();
        Map<String, String> asked = Map.of("ocr-verification.budget", "10");

        assertThat(ocrVerifications(job, Map.of(), Speed.MAX))
                .returns(WhenFull.WAIT, OcrSettings::whenFull)
                .returns(Duration.ofDays(1), OcrSettings::maxAge)
                .satisfies(rules -> assertThat(rules.budget()).isGreaterThanOrEqualTo(1));
        assertThat(ocrVerifications(job, asked, Speed.MAX))
                .returns(WhenFull.WAIT, OcrSettings::whenFull)
                .returns(0.1, OcrSettings::budget);
        assertThat(ocrVerifications(job, Map.of(), new Speed(60)))
                .isEqualTo(job.settings(new Configuration()).ocr());
        assertThat(job.pending()).extracting(DeclaredMetric::name).contains("pendingOcrRequests");
    }

    private static OcrSettings ocrVerifications(
            HotlistMatchJob job, Map<String, String> asked, Speed speed) {
        return job.settings(Replay.options(job, asked, speed)).ocr();
    }

    @ParameterizedTest
    @CsvSource({
        "plate-reads hotlist devices, hotlist-match dispatch",
        "rfid-reads, hotlist-match dispatch",
        "camera-frames devices, video-analytics dispatch",
        "camera-frames plate-reads, hotlist-match video-analytics dispatch",
        "devices hotlist, dispatch hotlist-match video-analytics",
        "calls devices, dispatch",
    })
    void theTopicsSayWhichJobsRun(String topics, String jobs) throws Exception {
        for (String topic : topics.split(" ")) {
            Files.createFile(directory.resolve(topic + ".jsonl"));
        }

        assertThat(ReplayRun.jobsOf(Recording.in(directory)))
                .extracting(JobDefinition::name)
                .containsExactly(jobs.split(" "));
    }
}
