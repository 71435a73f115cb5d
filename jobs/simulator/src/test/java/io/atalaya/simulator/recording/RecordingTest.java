package io.atalaya.simulator.recording;

import io.atalaya.contracts.topic.TopicRecord;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.zip.GZIPOutputStream;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

class RecordingTest {
    @TempDir private Path directory;

    @Test
    void mergesTopicsByArrivalAndKeepsFileOrder() throws Exception {
        write("plate-reads.jsonl", line(20, "a"), line(30, "b"), line(25, "late"), line(40, "c"));
        write("hotlist.jsonl.gz", line(10, "e"), line(20, "f"), line(35, "g"));
        write("truth.json", "{");
        write("README.md", "words");
        Recording recording = Recording.in(directory);
        assertThat(recording.topics()).containsExactly(InputTopic.HOTLIST, InputTopic.PLATE_READS);
        assertThat(keys(recording))
                .as("the list before the read of the same instant")
                .containsExactly("e", "f", "a", "b", "late", "g", "c");
    }

    @Test
    void namesTheFilesWhoseTimestampsFall() throws Exception {
        write("devices.jsonl", line(10_000, "a"), line(10_000, "b"), line(11_000, "c"));
        write(
                "plate-reads.jsonl",
                line(10_000, "a"),
                "",
                line(1_000, "b"),
                line(9_999, "c"),
                line(10_001, "d"));
        Path file = directory.resolve("plate-reads.jsonl");
        try (MergedRecords records = Recording.in(directory).open()) {
            while (records.hasNext()) {
                records.next();
            }
            assertThat(records.disorders()).containsExactly(new Disorder(file, 3, 2, 9_000));
            assertThat(records.disorders().get(0).first())
                    .isEqualTo(file + ":3: is older than a line before it, by 9.000 s");
            assertThat(records.disorders().get(0))
                    .hasToString(
                            file
                                    + ": 2 lines are older than a line before them, by up to"
                                    + " 9.000 s; the first is line 3. Sort the file by timestamp.");
        }
    }

    @Test
    void identifiesObservations() throws Exception {
        write("hotlist.jsonl", line(10, "e"), line(30, "f"));
        write("plate-reads.jsonl", line(20, "a"));
        try (MergedRecords records = Recording.in(directory).open()) {
            assertThat(records.nextObserves()).isFalse();
            assertThat(records.next().topic()).isEqualTo("hotlist");
            assertThat(records.nextObserves()).isTrue();
            assertThat(records.next().topic()).isEqualTo("plate-reads");
            assertThat(records.nextObserves()).isFalse();
            records.next();
            assertThat(records.hasNext()).isFalse();
            assertThat(records.next()).isNull();
        }
    }

    @Test
    void reportsFileAndLineOfAMalformedLine() throws Exception {
        write("devices.jsonl", line(1, "a"), "", "  \r", line(2, "b") + "\r", "{\"timestamp\":3}");
        Path file = directory.resolve("devices.jsonl");
        assertThatThrownBy(() -> keys(Recording.in(directory)))
                .isInstanceOf(RecordingException.class)
                .hasMessageStartingWith(file + ":5: value: got nothing, expected ");
    }

    @Test
    void readsLongLinesAndALastLineWithoutBreak() throws Exception {
        String longKey = "x".repeat(200_000);
        Files.writeString(
                directory.resolve("devices.jsonl"),
                line(1, "a") + "\n" + line(2, longKey) + "\n\n" + line(3, "c"));
        assertThat(keys(Recording.in(directory))).containsExactly("a", longKey, "c");
    }

    @Test
    void reportsATruncatedArchive() throws Exception {
        write("devices.jsonl.gz", line(1, "a"), line(2, "b"));
        Path file = directory.resolve("devices.jsonl.gz");
        byte[] whole = Files.readAllBytes(file);
        Files.write(file, java.util.Arrays.copyOf(whole, whole.length - 12));
        assertThatThrownBy(() -> keys(Recording.in(directory)))
                .isInstanceOf(RecordingException.class)
                .hasMessageStartingWith(file + ":");
    }

    @Test
    void rejectsADirectoryWithoutARecording() throws Exception {
        write("truth.json", "{}");
        assertThatThrownBy(() -> Recording.in(directory))
                .isInstanceOf(RecordingException.class)
                .hasMessageContaining("holds no recording");
        Path missing = directory.resolve("missing");
        assertThatThrownBy(() -> Recording.in(missing)).hasMessage(missing + ": no such directory");
    }

    @Test
    void rejectsATopicWithTwoFiles() throws Exception {
        write("devices.jsonl", line(1, "a"));
        write("devices.jsonl.gz", line(1, "a"));
        assertThatThrownBy(() -> Recording.in(directory))
                .hasMessageContaining("devices.jsonl and devices.jsonl.gz: only one may be there");
    }

    private static List<String> keys(Recording recording) {
        List<String> keys = new ArrayList<>();
        try (MergedRecords records = recording.open()) {
            for (TopicRecord r = records.next(); r != null; r = records.next()) {
                keys.add(r.key());
            }
        }
        return keys;
    }

    private static String line(long timestamp, String key) {
        return "{\"timestamp\":" + timestamp + ",\"key\":\"" + key + "\",\"value\":{}}";
    }

    private void write(String name, String... lines) throws IOException {
        Path file = directory.resolve(name);
        OutputStream raw = Files.newOutputStream(file);
        try (OutputStream out = name.endsWith(".gz") ? new GZIPOutputStream(raw) : raw) {
            for (String line : lines) {
                out.write((line + "\n").getBytes(StandardCharsets.UTF_8));
            }
        }
    }
}
