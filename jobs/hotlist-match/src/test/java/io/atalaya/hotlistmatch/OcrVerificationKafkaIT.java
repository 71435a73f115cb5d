package io.atalaya.hotlistmatch;

import io.atalaya.contracts.alert.Alert;
import io.atalaya.contracts.alert.ScoreContribution;
import io.atalaya.contracts.plate.PlateRead;
import io.atalaya.contracts.plate.PlateReadCodec;
import io.atalaya.contracts.topic.TopicRecord;
import io.atalaya.hotlistmatch.ocr.PlateImages;
import io.atalaya.testutils.JobOnKafka;

import org.junit.jupiter.api.Test;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

import static io.atalaya.hotlistmatch.TestRecords.arch;
import static io.atalaya.hotlistmatch.TestRecords.arriving;
import static io.atalaya.hotlistmatch.TestRecords.entry;
import static io.atalaya.hotlistmatch.TestRecords.read;
import static org.assertj.core.api.Assertions.assertThat;

/** The effect of plate images on the alerts, from topic to topic, with the real model. */
class OcrVerificationKafkaIT {
    /** Below review for the plate by its text; an alert with the image. */
    private static final String MISREAD = "1KR4816";

    /** A review by its text. */
    private static final String DOUBTFUL = "NKR4J16";

    /** A review for the other plate. */
    private static final String OTHER_DOUBTFUL = "LXF0J19";

    @Test
    void imagesConfirmAndRejectMatches() throws Exception {
        try (JobOnKafka run =
                new JobOnKafka(new HotlistMatchJob(), SharedSamples.SMALL_PREFILTER)) {
            run.start(null, 2);
            run.publish(list(System.currentTimeMillis()));
            run.awaitQuiet();
            // The reads are live, because what arrived long ago is debounced.
            run.publish(
                    reads(System.currentTimeMillis()).stream().map(TestRecords::arriving).toList());
            run.awaitQuiet();

            assertThat(run.deadLetters()).isEmpty();
            Map<String, Alert> last =
                    run.lastAlerts().values().stream()
                            .collect(Collectors.toMap(alert -> alert.deviceId(), alert -> alert));
            assertThat(last).doesNotContainKey("WITHOUT");
            // On a slow machine it is emitted for a moment.
            if (last.containsKey("DENIED")) {
                assertThat(last.get("DENIED").status()).isEqualTo(Alert.Status.CANCELLED);
            }
            assertThat(last.get("CONFIRMED").assessment().action()).isEqualTo(Alert.Action.ALERT);
            assertThat(ocrResult(last.get("CONFIRMED")).text().en())
                    .startsWith("the plate's image, read again, is the listed plate: NKR4816");
            assertThat(run.alertMessages())
                    .filteredOn(alert -> alert.deviceId().equals("EQUAL"))
                    .as("an equal plate interrupts at once, and is then read as another one")
                    .extracting(alert -> alert.assessment().action())
                    .startsWith(Alert.Action.ALERT)
                    .endsWith(Alert.Action.REVIEW);
            assertThat(ocrResult(last.get("EQUAL")).text().en()).contains("says NKR4816");
            for (String device : List.of("TRUNCATED", "HUGE", "NOTHING", "LONG")) {
                assertThat(last.get(device).assessment().action())
                        .as(device)
                        .isEqualTo(Alert.Action.REVIEW);
                assertThat(ocrResult(last.get(device)).logOdds()).as(device).isZero();
                assertThat(ocrResult(last.get(device)).text().en())
                        .as(device)
                        .startsWith("not verified by OCR: the plate's image");
            }
            assertThat(ocrResult(last.get("HUGE")).text().en()).endsWith("is too large");
            assertThat(ocrResult(last.get("LONG")).text().en()).endsWith("is too large");
        }
    }

    private static List<TopicRecord> list(long now) {
        List<TopicRecord> records = new ArrayList<>();
        records.add(arriving(entry("A", "NKR-48-16"), now));
        records.add(arriving(entry("B", "LXF-001-9"), now));
        reads(now).forEach(read -> records.add(arriving(arch(read.deviceId(), "TOLUCA"), now)));
        return records;
    }

    private static List<PlateRead> reads(long now) {
        return List.of(
                read("WITHOUT", "R", now, MISREAD),
                read("CONFIRMED", "R", now, MISREAD).withImage(PlateImages.NKR4816),
                read("DENIED", "R", now, OTHER_DOUBTFUL).withImage(PlateImages.NKR4816),
                read("EQUAL", "R", now, "LXF0019").withImage(PlateImages.NKR4816),
                read("TRUNCATED", "R", now, DOUBTFUL).withImage(PlateImages.truncated()),
                read("HUGE", "R", now, DOUBTFUL).withImage(PlateImages.huge()),
                read("NOTHING", "R", now, DOUBTFUL).withImage(PlateImages.notAnImage()),
                read("LONG", "R", now, DOUBTFUL)
                        .withImage("A".repeat(PlateReadCodec.MAX_IMAGE + 1)));
    }

    private static ScoreContribution ocrResult(Alert alert) {
        return alert.evidence().parts().stream()
                .filter(part -> part.name().equals("second-opinion"))
                .findFirst()
                .orElseThrow();
    }
}
