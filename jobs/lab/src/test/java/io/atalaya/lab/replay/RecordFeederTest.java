package io.atalaya.lab.replay;

import io.atalaya.embedded.RecordPublisher;
import io.atalaya.lab.feed.ThrottledJob;
import io.atalaya.simulator.recording.MergedRecords;
import io.atalaya.simulator.recording.Recording;

import org.apache.kafka.clients.producer.MockProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RoundRobinPartitioner;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.StringSerializer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.io.Writer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

/** Tests how far a recording is fed ahead of a job that reads one partition later than another. */
class RecordFeederTest {
    private static final Duration LEAD = Duration.ofSeconds(2);
    private static final long START = 1_772_542_800_000L;
    private static final int SECONDS = 60;
    private static final String SLOW = "CAM-SLOW";

    @TempDir private Path directory;

    private final MockProducer<String, byte[]> producer =
            new MockProducer<>(
                    true,
                    new RoundRobinPartitioner(),
                    new StringSerializer(),
                    new ByteArraySerializer());

    /** Reads everything available at each look, but one camera only at every tenth look. */
    private final class LateJob implements ThrottledJob {
        private final Duration lead;
        private long looks;
        private int seen;
        private final List<ProducerRecord<String, byte[]>> unread = new ArrayList<>();
        private long mostAhead;
        private boolean dead;

        LateJob(Duration lead) {
            this.lead = lead;
        }

        @Override
        public long behind(Map<String, Long> fed) {
            looks++;
            List<ProducerRecord<String, byte[]>> all = producer.history();
            for (; seen < all.size(); seen++) {
                unread.add(all.get(seen));
            }
            if (!unread.isEmpty()) {
                long newest = all.get(all.size() - 1).timestamp();
                mostAhead = Math.max(mostAhead, newest - unread.get(0).timestamp());
            }
            unread.removeIf(record -> looks % 10 == 0 || !record.key().equals(SLOW));
            return unread.size();
        }

        @Override
        public void requireAlive() {
            if (dead) {
                throw new ReplayException("the job is FAILED", null);
            }
        }

        @Override
        public Duration lead() {
            return lead;
        }
    }

    @Test
    void theClockCannotRunAheadOfAPartitionThatIsReadLate() throws Exception {
        LateJob job = new LateJob(LEAD);
        feed(job);
        // Records that are unread at the end count as well.
        job.behind(Map.of());
        assertThat(producer.history()).hasSize(2 * SECONDS);
        assertThat(job.mostAhead).isBetween(1L, LEAD.toMillis() - 1);
    }

    @Test
    void aJobThatDoesNotDependOnItIsNotWaitedFor() throws Exception {
        LateJob job = new LateJob(Duration.ofMillis(Long.MAX_VALUE));
        feed(job);
        assertThat(producer.history()).hasSize(2 * SECONDS);
        assertThat(job.looks).as("once, before the first").isEqualTo(1);
    }

    @Test
    void aJobThatHasFailedIsNotWaitedForEither() {
        LateJob job = new LateJob(LEAD);
        job.dead = true;
        assertThatThrownBy(() -> feed(job)).isInstanceOf(ReplayException.class);
    }

    @Test
    void warnsOfAFileOutOfOrder() throws Exception {
        List<String> lines = new ArrayList<>();
        for (long second : new long[] {10, 1, 2, 11}) {
            lines.add(line(second, SLOW));
        }
        StringWriter said = new StringWriter();
        Path file = feed(lines, new LateJob(LEAD), said);
        assertThat(said.toString().lines())
                .containsExactly(
                        "Warning: " + file + ":2: is older than a line before it, by 9.000 s",
                        "Warning: "
                                + file
                                + ": 2 lines are older than a line before them, by up to 9.000 s;"
                                + " the first is line 2. Sort the file by timestamp.");
    }

    @Test
    void warnsOnceOfASingleLineOutOfOrder() throws Exception {
        StringWriter said = new StringWriter();
        Path file =
                feed(
                        List.of(line(10, SLOW), line(1, SLOW), line(11, SLOW)),
                        new LateJob(LEAD),
                        said);
        assertThat(said.toString().lines())
                .containsExactly(
                        "Warning: " + file + ":2: is older than a line before it, by 9.000 s");
    }

    private void feed(ThrottledJob job) throws Exception {
        List<String> lines = new ArrayList<>();
        for (int second = 0; second < SECONDS; second++) {
            for (String camera : List.of(SLOW, "CAM-FAST")) {
                lines.add(line(second, camera));
            }
        }
        feed(lines, job, Writer.nullWriter());
    }

    private static String line(long second, String camera) {
        return "{\"timestamp\":%d,\"key\":\"%s\",\"value\":{}}"
                .formatted(START + 1_000L * second, camera);
    }

    private Path feed(List<String> lines, ThrottledJob job, Writer said) throws Exception {
        Path file = Files.write(directory.resolve("camera-frames.jsonl"), lines);
        try (MergedRecords records = Recording.in(file.getParent()).open();
                RecordPublisher publisher = new RecordPublisher(producer)) {
            new RecordFeeder(records, publisher, List.of(job), new ReplayLog(new PrintWriter(said)))
                    .feedRest(Speed.MAX);
        }
        return file;
    }
}
