package io.atalaya.simulator.ocr;

import io.atalaya.contracts.hotlist.HotlistEntry;
import io.atalaya.contracts.hotlist.HotlistEntryCodec;
import io.atalaya.contracts.json.InvalidRecordException;
import io.atalaya.contracts.plate.PlateRead;
import io.atalaya.contracts.plate.PlateReadCodec;
import io.atalaya.contracts.topic.TopicRecord;
import io.atalaya.contracts.topic.TopicRecordCodec;
import io.atalaya.simulator.truth.GroundTruth;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.zip.GZIPInputStream;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

class OcrRecordingTest {
    private static final int ENTRIES = 500;

    @TempDir private Path folder;

    @BeforeEach
    void write() throws IOException {
        Files.write(folder.resolve("a.jpg"), new byte[] {1, 2, 3});
        Files.write(folder.resolve("b.jpg"), new byte[] {4, 5, 6});
        Files.write(folder.resolve("c.jpg"), new byte[] {7});
        reads(
                "a.jpg,us,ABC1234,one,ABC1234,0.99",
                "a.jpg,us,ABC1234,two,ABC1Z34,0.9",
                "b.jpg,br,FZB9581,one,FZB9S81,0.8",
                "b.jpg,br,FZB9581,two,FZB981,0.7",
                "c.jpg,usseg,N46914,one,46914,0.6",
                "c.jpg,usseg,N46914,two,,0.1");
        Files.writeString(
                folder.resolve("labels_doubtful.csv"),
                "file,reason\na.jpg,only O/0 differs\nc.jpg,short label\n");
    }

    @Test
    void eachReadIsAPassageWithImageAndTruth() throws Exception {
        Path out = folder.resolve("out");
        OcrRecording.ofTruePlates(folder, OcrRead.in(folder), ENTRIES).write(out);

        List<PlateRead> reads = new ArrayList<>();
        long last = 0;
        for (TopicRecord record : records(out, "plate-reads")) {
            assertThat(record.timestamp() - last)
                    .as("longer than a cool-down")
                    .isGreaterThan(Duration.ofMinutes(10).toMillis());
            last = record.timestamp();
            reads.add(PlateReadCodec.read(record.value()));
        }
        // The label of c.jpg is in doubt.
        assertThat(reads)
                .extracting(PlateRead::readId)
                .containsExactly("one-0", "two-0", "one-1", "two-1");
        assertThat(reads.get(3))
                .returns("FZB981", PlateRead::plate)
                .returns("BR", PlateRead::country)
                .returns(0.7, PlateRead::confidence)
                .returns(
                        Base64.getEncoder().encodeToString(new byte[] {4, 5, 6}),
                        PlateRead::plateImage);
        GroundTruth truth = GroundTruth.CODEC.read(Files.readAllBytes(out.resolve("truth.json")));
        assertThat(truth.wantedPassages())
                .extracting(GroundTruth.WantedPassage::readClass)
                .containsExactly("exact", "look-alike", "look-alike", "one-edit");
        assertThat(truth.wantedPassages()).allMatch(GroundTruth.WantedPassage::required);
        assertThat(truth.entries())
                .extracting(GroundTruth.Entry::plate)
                .containsExactlyInAnyOrder("ABC1234", "FZB9581");
    }

    @Test
    void listHasTruePlatesAmongSimilarOnes() throws Exception {
        Path out = folder.resolve("out");
        OcrRecording.ofTruePlates(folder, OcrRead.in(folder), ENTRIES).write(out);

        List<HotlistEntry> entries = new ArrayList<>();
        for (TopicRecord record : records(out, "hotlist")) {
            entries.add(HotlistEntryCodec.read(record.value()));
        }
        assertThat(entries).hasSize(ENTRIES);
        assertThat(entries).extracting(HotlistEntry::plate).doesNotHaveDuplicates();
        assertThat(entries)
                .allSatisfy(
                        entry ->
                                assertThat(entry.plate())
                                        .as(
                                                "a plate of either country has three letters, four digits")
                                        .matches("[A-Z]{3}\\d{4}"));
        assertThat(entries)
                .extracting(HotlistEntry::country)
                .as("about half of either")
                .satisfies(
                        countries ->
                                assertThat(countries.stream().filter("BR"::equals).count())
                                        .isBetween(ENTRIES / 3L, 2 * ENTRIES / 3L));
    }

    /** Z for 2 comes first, then 4 for A; 8 for B would be the other true plate. */
    @Test
    void wrongListHasPlatesOneCharacterFromATrueOne() throws Exception {
        reads("a.jpg,us,ABC1234,one,ABC1234,0.99", "b.jpg,br,A8C1234,one,A8C1234,0.8");
        Path out = folder.resolve("out");
        OcrRecording.ofWrongPlates(folder, OcrRead.in(folder), 2).write(out);

        List<String> plates = new ArrayList<>();
        for (TopicRecord record : records(out, "hotlist")) {
            plates.add(HotlistEntryCodec.read(record.value()).plate());
        }
        assertThat(plates).containsExactlyInAnyOrder("ABC1Z34", "4BC1234", "A8C1Z34", "48C1234");
        GroundTruth truth = GroundTruth.CODEC.read(Files.readAllBytes(out.resolve("truth.json")));
        assertThat(truth.wantedPassages()).isEmpty();
        assertThat(truth.entries()).isEmpty();
        assertThat(truth.passages()).hasSize(2);
    }

    @Test
    void sameReadsGiveSameBytes() throws IOException {
        for (String name : List.of("once", "again")) {
            OcrRecording.ofTruePlates(folder, OcrRead.in(folder), ENTRIES)
                    .write(folder.resolve(name));
        }
        for (String file :
                List.of("devices.jsonl.gz", "hotlist.jsonl.gz", "plate-reads.jsonl.gz")) {
            assertThat(folder.resolve("again/" + file))
                    .hasSameBinaryContentAs(folder.resolve("once/" + file));
        }
    }

    @Test
    void reportsUnreadableFiles() throws IOException {
        reads("a.jpg,us,ABC1234,one,ABC1234,1.2");
        assertThatThrownBy(() -> OcrRead.in(folder))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageEndingWith(
                        "ocr_reads.csv: row 1: mean_confidence: got '1.2', expected a number from 0 to 1");
        reads("a.jpg,1,ABC1234,one,ABC1234,1");
        assertThatThrownBy(() -> OcrRead.in(folder))
                .hasMessageContaining("row 1: country: got '1', expected an ISO 3166 code");
        reads("a.jpg,us,ABC1234");
        assertThatThrownBy(() -> OcrRead.in(folder))
                .hasMessageContaining("row 1: got 3 fields, expected 6");
        Files.writeString(folder.resolve("ocr_reads.csv"), "file,text\n");
        assertThatThrownBy(() -> OcrRead.in(folder))
                .hasMessageContaining(
                        "columns: got [file, text], expected at least [file, country,");
    }

    @Test
    void rejectsMoreEntriesThanPlates() throws IOException {
        reads("a.jpg,us,UNI,one,UNI,1");
        List<OcrRead> reads = OcrRead.in(folder);
        assertThatThrownBy(() -> OcrRecording.ofTruePlates(folder, reads, 10))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("9 other plates, expected at most 0");
    }

    private void reads(String... rows) throws IOException {
        Files.writeString(
                folder.resolve("ocr_reads.csv"),
                "file,country,truth,engine,text,mean_confidence\n"
                        + String.join("\n", rows)
                        + "\n");
    }

    private static List<TopicRecord> records(Path directory, String topic)
            throws IOException, InvalidRecordException {
        List<TopicRecord> records = new ArrayList<>();
        try (InputStream in =
                new GZIPInputStream(Files.newInputStream(directory.resolve(topic + ".jsonl.gz")))) {
            String text = new String(in.readAllBytes(), StandardCharsets.UTF_8);
            for (String line : text.split("\n")) {
                records.add(TopicRecordCodec.read(topic, line.getBytes(StandardCharsets.UTF_8)));
            }
        }
        return records;
    }
}
