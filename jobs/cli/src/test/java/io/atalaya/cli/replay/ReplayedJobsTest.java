package io.atalaya.cli.replay;

import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import java.nio.file.Files;
import java.nio.file.Path;

import static org.assertj.core.api.Assertions.assertThat;

/** A job that would observe nothing is not started: it would only take the others' time. */
class ReplayedJobsTest {
    @TempDir private Path directory;

    @ParameterizedTest
    @CsvSource({
        "plate-reads hotlist devices, hotlist-match",
        "rfid-reads, hotlist-match",
        "camera-frames devices, video-analytics",
        "camera-frames plate-reads, hotlist-match video-analytics",
        "devices hotlist, hotlist-match video-analytics",
    })
    void theTopicsSayWhichJobsRun(String topics, String jobs) throws Exception {
        for (String topic : topics.split(" ")) {
            Files.createFile(directory.resolve(topic + ".jsonl"));
        }

        assertThat(ReplayedJobs.of(Recording.in(directory)))
                .extracting(ReplayedJob::name)
                .containsExactly(jobs.split(" "));
    }
}
