package io.atalaya.hotlistmatch;

import io.atalaya.flink.options.InvalidSettingsException;

import org.apache.flink.configuration.Configuration;
import org.assertj.core.api.ThrowingConsumer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import java.time.Duration;
import java.util.List;
import java.util.Map;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

class HotlistMatchSettingsTest {
    @Test
    void defaultsPass() {
        HotlistMatchSettings settings = HotlistMatchSettings.from(new Configuration());

        assertThat(settings.retention()).isEqualTo(Duration.ofDays(30));
        assertThat(settings.alerting().coolDown()).isEqualTo(Duration.ofMinutes(10));
        assertThat(settings.alerting().thresholds().bands()).hasSize(3);
    }

    @ParameterizedTest
    @CsvSource({
        "reads.fetch-wait, 1 ms, 1000 ms",
        "sink.transaction-timeout, 60000 ms, 604800000 ms",
        "clock.max-ahead, 0 ms, 3600000 ms",
        "passage.memory, 1000 ms, 604800000 ms",
        "passage.max-reads-per-device, 16, 1000000",
        "read-history.retention, 60000 ms, 34560000000 ms",
        "read-history.max-per-plate, 1, 10000",
        "list.keep-ended, 1000 ms, 2592000000 ms",
        "prefilter.capacity, 1, 50000000",
        "ocr-verification.budget, 0, 800",
        "ocr-verification.queue, 1, 4096",
        "ocr-verification.max-age, 1000 ms, 86400000 ms",
        "ocr-verification.max-wait, 0 ms, 60000 ms",
        "ocr-verification.max-pixels, 10000, 20000000",
        "alerting.cool-down, 1000 ms, 86400000 ms",
        "alerting.track-length, 1, 100",
        "alerting.retrospective-review-after, 0 ms, 34560000000 ms",
        "clones.max-speed-kmh, 50, 2000",
        "clones.max-plates-per-device, 1, 1000",
        "convoys.max-gap, 1000 ms, 300000 ms",
        "convoys.min-arches, 2, 20",
    })
    void boundsAreAllowedAndWhatLiesBeyondIsNot(String key, String least, String most) {
        assertThat(faults(Map.of(key, least))).isEmpty();
        assertThat(faults(Map.of(key, most))).isEmpty();
        assertThat(faults(Map.of(key, moved(least, -1)))).singleElement().satisfies(named(key));
        assertThat(faults(Map.of(key, moved(most, 1)))).singleElement().satisfies(named(key));
    }

    @Test
    void whatGivesWayWhenTheQueueIsFullIsOneOfTwo() {
        assertThat(faults(Map.of("ocr-verification.when-full", "wait"))).isEmpty();
        assertThat(faults(Map.of("ocr-verification.when-full", "BLOCK")))
                .containsExactly("ocr-verification.when-full: got 'BLOCK', expected DROP or WAIT");
    }

    @Test
    void aModelThatCannotBeUsedIsAFault() {
        assertThat(faults(Map.of("ocr-verification.model", "/no/such/directory")))
                .singleElement()
                .satisfies(named("ocr-verification.model"))
                .asString()
                .contains("/no/such/directory/manifest.json: it cannot be read");
    }

    @Test
    void whatIsSwitchedOffIsNotSetUp() {
        assertThat(settings(Map.of("tags.enabled", "false")))
                .satisfies(
                        settings -> {
                            assertThat(settings.tags()).isFalse();
                            assertThat(settings.mismatches()).isNull();
                            assertThat(settings.alerting().tagWait()).isZero();
                            assertThat(settings.clones().tagWait()).isZero();
                            assertThat(settings.convoys().tagWait()).isZero();
                        });
        assertThat(settings(Map.of("clones.enabled", "false")).clones()).isNull();
        assertThat(settings(Map.of("convoys.enabled", "false")))
                .satisfies(
                        settings -> {
                            assertThat(settings.convoys()).isNull();
                            assertThat(settings.alerting().convoys()).isFalse();
                        });
        assertThat(
                        settings(
                                Map.of(
                                        "read-history.enabled", "false",
                                        "clones.enabled", "false")))
                .satisfies(
                        settings -> {
                            assertThat(settings.history()).isFalse();
                            assertThat(settings.mismatches()).isNull();
                        });
    }

    @Test
    void clonesNeedTheReadHistory() {
        assertThat(faults(Map.of("read-history.enabled", "false")))
                .singleElement()
                .satisfies(named("clones.enabled"))
                .asString()
                .contains("read-history.enabled");
    }

    @ParameterizedTest
    @ValueSource(strings = {"auto", "native", "openalpr", "Axis", "ONVIF"})
    void formatsAreNamedInUpperOrLowerCase(String format) {
        assertThat(faults(Map.of("plate-reads.format", format))).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"0:1:0", "0:0.5:0.5", "100:0.7:0.03,0:0.9:0.1"})
    void bandsWithinRangeAndOrderAreAllowed(String bands) {
        assertThat(faults(Map.of("score.thresholds", bands))).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "0:0.9",
                "0:high:low",
                "0:NaN:NaN",
                "0:1.01:0.5",
                "0:0.9:-0.01",
                "0:0.5:0.51",
                "1:0.9:0.1",
                "0:0.9:0.1,40:0.8:0.1",
                "40:0.9:0.1,40:0.8:0.1,0:0.9:0.1",
            })
    void bandsOutOfRangeOrOrderAreNot(String bands) {
        assertThat(faults(Map.of("score.thresholds", bands)))
                .singleElement()
                .satisfies(named("score.thresholds"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"1:0", "0.5:0.5", " 0.9:0.1 "})
    void thresholdsWithinRangeAreAllowed(String thresholds) {
        assertThat(faults(Map.of("clones.thresholds", thresholds))).isEmpty();
        assertThat(faults(Map.of("mismatch.thresholds", thresholds))).isEmpty();
        assertThat(faults(Map.of("convoys.thresholds", thresholds))).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "0.9", "1.01:0.5", "0.5:0.51", "0.9:-0.01", "NaN:NaN", "a:b"})
    void thresholdsOutOfRangeOrOrderAreNot(String thresholds) {
        assertThat(faults(Map.of("clones.thresholds", thresholds)))
                .singleElement()
                .satisfies(named("clones.thresholds"));
        assertThat(faults(Map.of("convoys.thresholds", thresholds)))
                .singleElement()
                .satisfies(named("convoys.thresholds"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "cloned-plate:70",
                "cloned-plate:70, plate-tag-mismatch:50, convoy:101",
                "cloned-plate:70, plate-tag-mismatch:50, convoy:-1",
                "cloned-plate:70, plate-tag-mismatch:50, escort:70",
                "cloned-plate:70, plate-tag-mismatch:50, convoy:70, hotlist-match:70",
                "cloned-plate, plate-tag-mismatch:50, convoy:70",
            })
    void prioritiesThatNameNotEveryTypeOnceOrRangeTooFarAreNot(String priorities) {
        assertThat(faults(Map.of("cross-checks.priorities", priorities)))
                .singleElement()
                .satisfies(named("cross-checks.priorities"));
    }

    @ParameterizedTest
    @CsvSource({
        "kafka.bootstrap-servers, localhost",
        "kafka.group-id, ' '",
        "kafka.properties-file, no/such/file.properties",
        "reads.start, YESTERDAY",
        "sink.guarantee, MAYBE_ONCE",
        "plate-reads.format, hikvision",
        "alerting.cool-down, soon",
        "alerting.cool-down, 5",
        "alerting.track-length, many",
        "tags.enabled, perhaps",
        "convoys.enabled, 1",
    })
    void valuesOfTheWrongShapeAreNamed(String key, String value) {
        assertThat(faults(Map.of(key, value)))
                .singleElement()
                .satisfies(named(key))
                .asString()
                .contains("'" + value + "'");
    }

    @Test
    void severalFaultsAreReportedAtOnce() {
        assertThat(
                        faults(
                                Map.of(
                                        "alerting.track-length", "0",
                                        "read-history.retention", "1 s",
                                        "kafka.bootstrap-servers", "nowhere",
                                        "score.thresholds", "none")))
                .hasSize(4)
                .anySatisfy(named("alerting.track-length"))
                .anySatisfy(named("read-history.retention"))
                .anySatisfy(named("kafka.bootstrap-servers"))
                .anySatisfy(named("score.thresholds"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"decide.cooldown", "sighting.retention", "parallelism.default"})
    void aKeyThatNoOptionHasIsRejected(String key) {
        assertThat(faults(Map.of(key, "5 min")))
                .singleElement()
                .asString()
                .startsWith(key + ": unknown key");
    }

    private static HotlistMatchSettings settings(Map<String, String> values) {
        return HotlistMatchSettings.from(Configuration.fromMap(values));
    }

    private static List<String> faults(Map<String, String> values) {
        InvalidSettingsException rejection =
                catchThrowableOfType(InvalidSettingsException.class, () -> settings(values));
        return rejection == null ? List.of() : rejection.faults();
    }

    private static ThrowingConsumer<String> named(String key) {
        return fault -> assertThat(fault).startsWith(key + ": got ").contains("expected ");
    }

    /** The value changed by {@code by}, with its unit. */
    private static String moved(String value, int by) {
        String[] cells = value.split(" ", 2);
        String number = String.valueOf(Long.parseLong(cells[0]) + by);
        return cells.length == 1 ? number : number + " " + cells[1];
    }
}
