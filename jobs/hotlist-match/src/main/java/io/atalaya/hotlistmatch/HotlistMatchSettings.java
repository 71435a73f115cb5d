package io.atalaya.hotlistmatch;

import io.atalaya.contracts.alert.AlertType;
import io.atalaya.contracts.plate.format.PlateFormat;
import io.atalaya.flink.bulkhead.BulkheadSettings;
import io.atalaya.flink.job.JobSettings;
import io.atalaya.flink.kafka.KafkaSettings;
import io.atalaya.flink.options.SettingsReader;
import io.atalaya.hotlistmatch.alerting.AlertingSettings;
import io.atalaya.hotlistmatch.calibration.CalibrationSettings;
import io.atalaya.hotlistmatch.crosscheck.ActionThresholds;
import io.atalaya.hotlistmatch.crosscheck.CrossCheckPriorities;
import io.atalaya.hotlistmatch.crosscheck.clonedplate.CloneSettings;
import io.atalaya.hotlistmatch.crosscheck.convoy.ConvoySettings;
import io.atalaya.hotlistmatch.crosscheck.platetag.MismatchSettings;
import io.atalaya.hotlistmatch.ocr.OcrSettings;
import io.atalaya.hotlistmatch.passage.ClockRules;
import io.atalaya.hotlistmatch.passage.TagPairing;
import io.atalaya.hotlistmatch.score.OcrEvidence;
import io.atalaya.hotlistmatch.score.Thresholds;
import io.atalaya.inference.InvalidModelException;

import org.apache.flink.configuration.ConfigOption;
import org.apache.flink.configuration.Configuration;

import java.time.Duration;
import java.util.List;

/**
 * The job's validated settings.
 *
 * @param tags whether tags are read
 * @param history whether reads are stored
 * @param clones null: not looked for
 * @param mismatches null: not looked for, because there are no tags or no stored reads
 * @param convoys null: not looked for
 */
public record HotlistMatchSettings(
        KafkaSettings kafka,
        BulkheadSettings bulkhead,
        PlateFormat plateFormat,
        ClockRules clock,
        Duration passageMemory,
        int passageMaxReads,
        boolean tags,
        Duration pairingWindow,
        boolean history,
        Duration retention,
        int maxReadsPerPlate,
        Duration keepEnded,
        int prefilterCapacity,
        AlertingSettings alerting,
        OcrSettings ocr,
        CalibrationSettings calibration,
        CrossCheckPriorities priorities,
        CloneSettings clones,
        MismatchSettings mismatches,
        ConvoySettings convoys)
        implements JobSettings {

    /**
     * Reads and validates all options.
     *
     * @throws io.atalaya.flink.options.InvalidSettingsException naming every fault
     */
    public static HotlistMatchSettings from(Configuration configuration) {
        SettingsReader reader = new SettingsReader(configuration);
        reader.rejectUnknown(HotlistMatchOptions.ALL);
        Duration retention =
                reader.between(HotlistMatchOptions.READ_HISTORY_RETENTION, "1 min", "400 d");
        Duration pairingWindow = reader.between(HotlistMatchOptions.PAIRING_WINDOW, "0 s", "1 min");
        boolean tags = isOn(reader, HotlistMatchOptions.TAGS_ENABLED);
        boolean history = isOn(reader, HotlistMatchOptions.READ_HISTORY_ENABLED);
        boolean convoys = isOn(reader, HotlistMatchOptions.CONVOYS_ENABLED);
        Duration tagWait = tags ? TagPairing.knownAfter(pairingWindow) : Duration.ZERO;
        Thresholds thresholds =
                reader.parse(
                        HotlistMatchOptions.SCORE_THRESHOLDS,
                        Thresholds::parse,
                        "priority:alert:review bands by falling priority, the last from 0, scores 0..1, review <= alert");
        Duration keepEnded = reader.between(HotlistMatchOptions.LIST_KEEP, "1 s", "30 d");
        CrossCheckPriorities priorities =
                reader.parse(
                        HotlistMatchOptions.ANOMALY_PRIORITIES,
                        CrossCheckPriorities::parse,
                        "type:priority pairs, priorities 0..100, for cloned-plate, plate-tag-mismatch and convoy");
        HotlistMatchSettings settings =
                new HotlistMatchSettings(
                        KafkaSettings.from(reader, HotlistMatchJob.NAME),
                        BulkheadSettings.from(reader),
                        reader.read(
                                HotlistMatchOptions.PLATE_READS_FORMAT,
                                format -> true,
                                "one of " + List.of(PlateFormat.values())),
                        new ClockRules(
                                reader.between(HotlistMatchOptions.CLOCK_MAX_AHEAD, "0 s", "1 h"),
                                retention),
                        reader.between(HotlistMatchOptions.PASSAGE_MEMORY, "1 s", "7 d"),
                        reader.between(HotlistMatchOptions.PASSAGE_MAX_READS, 16, 1_000_000),
                        tags,
                        pairingWindow,
                        history,
                        retention,
                        reader.between(HotlistMatchOptions.READ_HISTORY_MAX_PER_PLATE, 1, 10_000),
                        keepEnded,
                        reader.between(HotlistMatchOptions.PREFILTER_CAPACITY, 1, 50_000_000),
                        new AlertingSettings(
                                thresholds,
                                reader.between(HotlistMatchOptions.COOL_DOWN, "1 s", "1 d"),
                                reader.between(HotlistMatchOptions.TRACK_LENGTH, 1, 100),
                                retention,
                                keepEnded,
                                tags ? TagPairing.waitFor(pairingWindow) : Duration.ZERO,
                                reader.between(HotlistMatchOptions.REVIEW_AFTER, "0 s", "400 d"),
                                convoys),
                        ocr(reader),
                        calibration(reader),
                        priorities,
                        clones(reader, priorities, tagWait, history),
                        mismatches(reader, priorities, tags && history),
                        convoys(reader, priorities, tagWait, keepEnded, convoys));
        reader.throwIfFaulty();
        return settings;
    }

    private static ActionThresholds actions(SettingsReader reader, ConfigOption<String> option) {
        return reader.parse(
                option, ActionThresholds::parse, "alert:review, scores 0..1, review <= alert");
    }

    private static OcrSettings ocr(SettingsReader reader) {
        return new OcrSettings(
                reader.read(HotlistMatchOptions.OCR_MODEL, directory -> true, "a directory"),
                reader.between(HotlistMatchOptions.OCR_BUDGET, 0, 800) / 100.0,
                reader.between(HotlistMatchOptions.OCR_QUEUE, 1, 4_096),
                reader.read(HotlistMatchOptions.OCR_WHEN_FULL, any -> true, "DROP or WAIT"),
                reader.between(HotlistMatchOptions.OCR_MAX_AGE, "1 s", "1 d"),
                reader.between(HotlistMatchOptions.OCR_MAX_WAIT, "0 s", "1 min"),
                reader.between(HotlistMatchOptions.OCR_MAX_PIXELS, 10_000, 20_000_000),
                evidence(reader));
    }

    /** A model that must not be used is reported like any other fault, before the job starts. */
    private static OcrEvidence evidence(SettingsReader reader) {
        return reader.parse(
                HotlistMatchOptions.OCR_MODEL,
                directory -> {
                    try {
                        return OcrSettings.evidence(OcrSettings.model(directory).manifest());
                    } catch (InvalidModelException e) {
                        throw new IllegalArgumentException(e.getMessage(), e);
                    }
                },
                "the directory of a model");
    }

    private static CalibrationSettings calibration(SettingsReader reader) {
        Duration memory = reader.between(HotlistMatchOptions.CALIBRATION_MEMORY, "1 min", "400 d");
        return reader.parse(
                HotlistMatchOptions.CALIBRATION_BOUNDS,
                bounds -> CalibrationSettings.parse(bounds, memory),
                "down:up, numbers from 0 to 20");
    }

    private static boolean isOn(SettingsReader reader, ConfigOption<Boolean> option) {
        return reader.read(option, any -> true, "true or false");
    }

    private static CloneSettings clones(
            SettingsReader reader,
            CrossCheckPriorities priorities,
            Duration tagWait,
            boolean history) {
        boolean isOn =
                reader.read(
                        HotlistMatchOptions.CLONES_ENABLED,
                        on -> history || !on,
                        "false, because read-history.enabled is false");
        CloneSettings clones =
                new CloneSettings(
                        reader.between(HotlistMatchOptions.CLONES_MAX_SPEED, 50, 2_000),
                        actions(reader, HotlistMatchOptions.CLONES_THRESHOLDS),
                        reader.between(HotlistMatchOptions.CLONES_MAX_PLATES, 1, 1_000),
                        priorities.of(AlertType.CLONED_PLATE),
                        tagWait);
        return isOn ? clones : null;
    }

    private static MismatchSettings mismatches(
            SettingsReader reader, CrossCheckPriorities priorities, boolean isOn) {
        ActionThresholds thresholds = actions(reader, HotlistMatchOptions.MISMATCH_THRESHOLDS);
        return isOn
                ? new MismatchSettings(thresholds, priorities.of(AlertType.PLATE_TAG_MISMATCH))
                : null;
    }

    private static ConvoySettings convoys(
            SettingsReader reader,
            CrossCheckPriorities priorities,
            Duration tagWait,
            Duration keepEnded,
            boolean isOn) {
        ConvoySettings convoys =
                new ConvoySettings(
                        reader.between(HotlistMatchOptions.CONVOYS_MAX_GAP, "1 s", "5 min"),
                        reader.between(HotlistMatchOptions.CONVOYS_MIN_ARCHES, 2, 20),
                        actions(reader, HotlistMatchOptions.CONVOYS_THRESHOLDS),
                        priorities.of(AlertType.CONVOY),
                        keepEnded,
                        tagWait);
        return isOn ? convoys : null;
    }
}
