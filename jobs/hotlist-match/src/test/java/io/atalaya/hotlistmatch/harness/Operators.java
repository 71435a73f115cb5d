package io.atalaya.hotlistmatch.harness;

import io.atalaya.contracts.alert.Alert;
import io.atalaya.flink.bulkhead.BulkheadSettings;
import io.atalaya.flink.progress.SubtaskKeys;
import io.atalaya.hotlistmatch.alerting.AlertingSettings;
import io.atalaya.hotlistmatch.alerting.HotlistAlertFunction;
import io.atalaya.hotlistmatch.calibration.AlertFeedback;
import io.atalaya.hotlistmatch.calibration.CalibrationFunction;
import io.atalaya.hotlistmatch.calibration.CalibrationSettings;
import io.atalaya.hotlistmatch.calibration.DispositionJoinFunction;
import io.atalaya.hotlistmatch.calibration.OutcomeUpdate;
import io.atalaya.hotlistmatch.crosscheck.ActionThresholds;
import io.atalaya.hotlistmatch.crosscheck.CrossCheckAlertFunction;
import io.atalaya.hotlistmatch.crosscheck.CrossCheckFinding;
import io.atalaya.hotlistmatch.crosscheck.clonedplate.CloneSettings;
import io.atalaya.hotlistmatch.crosscheck.clonedplate.FaultyDeviceFilterOperator;
import io.atalaya.hotlistmatch.crosscheck.convoy.ConvoyEvent;
import io.atalaya.hotlistmatch.crosscheck.convoy.ConvoyOperator;
import io.atalaya.hotlistmatch.crosscheck.convoy.ConvoyProximityOperator;
import io.atalaya.hotlistmatch.crosscheck.convoy.ConvoySettings;
import io.atalaya.hotlistmatch.crosscheck.platetag.MismatchSettings;
import io.atalaya.hotlistmatch.event.BucketChange;
import io.atalaya.hotlistmatch.event.DeviceRead;
import io.atalaya.hotlistmatch.event.DeviceVehicleRead;
import io.atalaya.hotlistmatch.event.EntryEvent;
import io.atalaya.hotlistmatch.event.HotlistChange;
import io.atalaya.hotlistmatch.event.ListDelta;
import io.atalaya.hotlistmatch.event.ListedPassage;
import io.atalaya.hotlistmatch.event.ReferenceUpdate;
import io.atalaya.hotlistmatch.event.RoutedEvent;
import io.atalaya.hotlistmatch.match.CandidateMatch;
import io.atalaya.hotlistmatch.match.MatchFunction;
import io.atalaya.hotlistmatch.match.Probe;
import io.atalaya.hotlistmatch.ocr.OcrSettings;
import io.atalaya.hotlistmatch.passage.PassageOperator;
import io.atalaya.hotlistmatch.readhistory.ReadHistoryOperator;
import io.atalaya.hotlistmatch.registry.RegistryOperator;
import io.atalaya.hotlistmatch.score.OcrEvidence;
import io.atalaya.hotlistmatch.score.Thresholds;
import io.atalaya.testutils.Subtask;

import org.apache.flink.api.common.typeinfo.Types;
import org.apache.flink.streaming.util.KeyedOneInputStreamOperatorTestHarness;
import org.apache.flink.streaming.util.KeyedTwoInputStreamOperatorTestHarness;

import java.time.Duration;

/** The job's operators, keyed as in the pipeline, with settings for short tests. */
public final class Operators {
    public static final Duration KEEP = Duration.ofHours(1);
    public static final Duration MEMORY = Duration.ofMinutes(30);
    public static final Duration RETENTION = Duration.ofDays(1);
    public static final Duration COOL_DOWN = Duration.ofMinutes(10);
    public static final Thresholds THRESHOLDS = Thresholds.parse("0:0.70:0.03");
    public static final Duration TAG_WAIT = Duration.ofSeconds(5);
    public static final CloneSettings CLONES =
            new CloneSettings(200, new ActionThresholds(0.75, 0.5), 20, 70, TAG_WAIT);
    private static final MismatchSettings MISMATCHES =
            new MismatchSettings(new ActionThresholds(0.75, 0.5), 60);

    /** Two devices make a convoy, of low score. */
    public static final ConvoySettings CONVOYS =
            new ConvoySettings(
                    Duration.ofSeconds(50),
                    2,
                    new ActionThresholds(0.01, 0.001),
                    70,
                    KEEP,
                    TAG_WAIT);

    public static final CalibrationSettings CALIBRATION =
            new CalibrationSettings(12, 2, Duration.ofDays(30));
    public static final AlertingSettings RULES =
            new AlertingSettings(
                    THRESHOLDS,
                    COOL_DOWN,
                    10,
                    RETENTION,
                    KEEP,
                    Duration.ofMillis(2500),
                    Duration.ofMinutes(30),
                    true);

    public static final OcrEvidence OCR_EVIDENCE =
            OcrSettings.evidence(OcrSettings.model("").manifest());

    public static final double MAX_OCR_LOG_ODDS = OCR_EVIDENCE.most();

    /** Never fails the job. */
    public static final BulkheadSettings BULKHEAD = new BulkheadSettings(1, 1);

    private Operators() {}

    /** With one subtask of the match step. */
    public static Subtask.Blueprint<ListDelta> registry(int filterCapacity) {
        return registry(filterCapacity, 1);
    }

    public static Subtask.Blueprint<ListDelta> registry(
            int filterCapacity, int parallelismOfMatch) {
        return new Subtask.Blueprint<>(
                ListDelta.class,
                (maxParallelism, parallelism, index) ->
                        new KeyedOneInputStreamOperatorTestHarness<>(
                                new RegistryOperator(
                                        BULKHEAD,
                                        filterCapacity,
                                        KEEP,
                                        SubtaskKeys.of(maxParallelism, parallelismOfMatch)),
                                HotlistChange::entryId,
                                Types.STRING,
                                maxParallelism,
                                parallelism,
                                index));
    }

    public static Subtask.Blueprint<RoutedEvent> passage(int filterCapacity) {
        return passage(filterCapacity, true);
    }

    public static Subtask.Blueprint<RoutedEvent> passage(
            int filterCapacity, boolean areConvoysSought) {
        return new Subtask.Blueprint<>(
                RoutedEvent.class,
                (maxParallelism, parallelism, index) ->
                        new KeyedTwoInputStreamOperatorTestHarness<
                                String, DeviceRead, ListDelta, RoutedEvent>(
                                new PassageOperator(
                                        BULKHEAD,
                                        MEMORY,
                                        1_000,
                                        KEEP,
                                        filterCapacity,
                                        Duration.ofMillis(1500),
                                        THRESHOLDS,
                                        MAX_OCR_LOG_ODDS,
                                        areConvoysSought),
                                DeviceRead::deviceId,
                                null,
                                Types.STRING,
                                maxParallelism,
                                parallelism,
                                index));
    }

    public static Subtask.Blueprint<EntryEvent> readHistory() {
        return readHistory(CLONES, MISMATCHES);
    }

    public static Subtask.Blueprint<EntryEvent> readHistory(
            CloneSettings clones, MismatchSettings mismatches) {
        return new Subtask.Blueprint<>(
                EntryEvent.class,
                (maxParallelism, parallelism, index) ->
                        new KeyedTwoInputStreamOperatorTestHarness<
                                Long, RoutedEvent, ReferenceUpdate, EntryEvent>(
                                new ReadHistoryOperator(
                                        BULKHEAD, RETENTION, 100, THRESHOLDS, clones, mismatches),
                                RoutedEvent::key,
                                null,
                                Types.LONG,
                                maxParallelism,
                                parallelism,
                                index));
    }

    public static Subtask.Blueprint<CandidateMatch> match() {
        return new Subtask.Blueprint<>(
                CandidateMatch.class,
                (maxParallelism, parallelism, index) ->
                        new KeyedTwoInputStreamOperatorTestHarness<
                                Long, Probe, BucketChange, CandidateMatch>(
                                new MatchFunction(BULKHEAD, THRESHOLDS, KEEP, OCR_EVIDENCE),
                                Probe::bucket,
                                BucketChange::bucket,
                                Types.LONG,
                                maxParallelism,
                                parallelism,
                                index));
    }

    public static Subtask.Blueprint<Alert> decide() {
        return decide(RULES);
    }

    public static Subtask.Blueprint<Alert> decide(AlertingSettings settings) {
        return new Subtask.Blueprint<>(
                Alert.class,
                (maxParallelism, parallelism, index) ->
                        new KeyedTwoInputStreamOperatorTestHarness<
                                String, EntryEvent, ReferenceUpdate, Alert>(
                                new HotlistAlertFunction(BULKHEAD, settings),
                                EntryEvent::entryId,
                                null,
                                Types.STRING,
                                maxParallelism,
                                parallelism,
                                index));
    }

    public static Subtask.Blueprint<OutcomeUpdate> dispositionJoin() {
        return new Subtask.Blueprint<>(
                OutcomeUpdate.class,
                (maxParallelism, parallelism, index) ->
                        new KeyedOneInputStreamOperatorTestHarness<>(
                                new DispositionJoinFunction(BULKHEAD, CALIBRATION.memory()),
                                AlertFeedback::alertId,
                                Types.STRING,
                                maxParallelism,
                                parallelism,
                                index));
    }

    public static Subtask.Blueprint<ReferenceUpdate> calibration() {
        return new Subtask.Blueprint<>(
                ReferenceUpdate.class,
                (maxParallelism, parallelism, index) ->
                        new KeyedOneInputStreamOperatorTestHarness<>(
                                new CalibrationFunction(BULKHEAD, CALIBRATION),
                                answer -> answer.subject().key(),
                                Types.STRING,
                                maxParallelism,
                                parallelism,
                                index));
    }

    /** The operator has no keyed state, so the key does not matter. */
    public static Subtask.Blueprint<CrossCheckFinding> cloneGuard() {
        return new Subtask.Blueprint<>(
                CrossCheckFinding.class,
                (maxParallelism, parallelism, index) ->
                        new KeyedOneInputStreamOperatorTestHarness<>(
                                new FaultyDeviceFilterOperator(
                                        BULKHEAD, CLONES.maxPlatesPerDevice(), TAG_WAIT),
                                CrossCheckFinding::alertId,
                                Types.STRING,
                                maxParallelism,
                                parallelism,
                                index));
    }

    public static Subtask.Blueprint<Alert> crossCheckFinding() {
        return new Subtask.Blueprint<>(
                Alert.class,
                (maxParallelism, parallelism, index) ->
                        new KeyedTwoInputStreamOperatorTestHarness<
                                String, CrossCheckFinding, ReferenceUpdate, Alert>(
                                new CrossCheckAlertFunction(BULKHEAD),
                                CrossCheckFinding::alertId,
                                null,
                                Types.STRING,
                                maxParallelism,
                                parallelism,
                                index));
    }

    public static Subtask.Blueprint<ConvoyEvent> company(ConvoySettings rules) {
        return new Subtask.Blueprint<>(
                ConvoyEvent.class,
                (maxParallelism, parallelism, index) ->
                        new KeyedTwoInputStreamOperatorTestHarness<
                                String, DeviceVehicleRead, ListedPassage, ConvoyEvent>(
                                new ConvoyProximityOperator(BULKHEAD, rules),
                                DeviceVehicleRead::deviceId,
                                ListedPassage::deviceId,
                                Types.STRING,
                                maxParallelism,
                                parallelism,
                                index));
    }

    public static Subtask.Blueprint<CrossCheckFinding> convoys(ConvoySettings rules) {
        return new Subtask.Blueprint<>(
                CrossCheckFinding.class,
                (maxParallelism, parallelism, index) ->
                        new KeyedOneInputStreamOperatorTestHarness<>(
                                new ConvoyOperator(BULKHEAD, rules),
                                ConvoyEvent::entryId,
                                Types.STRING,
                                maxParallelism,
                                parallelism,
                                index));
    }
}
