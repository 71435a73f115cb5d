package io.atalaya.hotlistmatch;

import io.atalaya.contracts.alert.Alert;
import io.atalaya.contracts.topic.RawRecord;
import io.atalaya.flink.bulkhead.FaultAlertOperator;
import io.atalaya.flink.device.DeviceChangeRecords;
import io.atalaya.flink.device.DeviceChangeSerializer;
import io.atalaya.flink.parse.ParseOperator;
import io.atalaya.flink.progress.SubtaskKeys;
import io.atalaya.flink.serializer.AlertSerializer;
import io.atalaya.flink.serializer.RecordSerializer;
import io.atalaya.hotlistmatch.alerting.HotlistAlertFunction;
import io.atalaya.hotlistmatch.calibration.AlertFeedback;
import io.atalaya.hotlistmatch.calibration.AlertFeedbackSerializer;
import io.atalaya.hotlistmatch.calibration.CalibrationFunction;
import io.atalaya.hotlistmatch.calibration.DispositionJoinFunction;
import io.atalaya.hotlistmatch.calibration.OutcomeUpdate;
import io.atalaya.hotlistmatch.calibration.OutcomeUpdateSerializer;
import io.atalaya.hotlistmatch.crosscheck.CrossCheckAlertFunction;
import io.atalaya.hotlistmatch.crosscheck.CrossCheckFinding;
import io.atalaya.hotlistmatch.crosscheck.CrossCheckFindingSerializer;
import io.atalaya.hotlistmatch.crosscheck.clonedplate.FaultyDeviceFilterOperator;
import io.atalaya.hotlistmatch.crosscheck.convoy.ConvoyEvent;
import io.atalaya.hotlistmatch.crosscheck.convoy.ConvoyEventSerializer;
import io.atalaya.hotlistmatch.crosscheck.convoy.ConvoyOperator;
import io.atalaya.hotlistmatch.crosscheck.convoy.ConvoyProximityOperator;
import io.atalaya.hotlistmatch.event.BucketChange;
import io.atalaya.hotlistmatch.event.DeviceRead;
import io.atalaya.hotlistmatch.event.DeviceReadSerializer;
import io.atalaya.hotlistmatch.event.DeviceVehicleRead;
import io.atalaya.hotlistmatch.event.EntryEvent;
import io.atalaya.hotlistmatch.event.EntryEventSerializer;
import io.atalaya.hotlistmatch.event.HotlistChange;
import io.atalaya.hotlistmatch.event.HotlistChangeSerializer;
import io.atalaya.hotlistmatch.event.ListDelta;
import io.atalaya.hotlistmatch.event.ListDeltaSerializer;
import io.atalaya.hotlistmatch.event.ListedPassage;
import io.atalaya.hotlistmatch.event.ReferenceUpdate;
import io.atalaya.hotlistmatch.event.ReferenceUpdateSerializer;
import io.atalaya.hotlistmatch.event.RoutedEvent;
import io.atalaya.hotlistmatch.event.RoutedEventSerializer;
import io.atalaya.hotlistmatch.match.CandidateMatch;
import io.atalaya.hotlistmatch.match.CandidateMatchSerializer;
import io.atalaya.hotlistmatch.match.MatchFunction;
import io.atalaya.hotlistmatch.match.Probe;
import io.atalaya.hotlistmatch.match.ProbeSerializer;
import io.atalaya.hotlistmatch.metrics.HotlistMatchMetrics;
import io.atalaya.hotlistmatch.ocr.OcrSettings;
import io.atalaya.hotlistmatch.ocr.OcrVerificationOperator;
import io.atalaya.hotlistmatch.ocr.SharedOcrService;
import io.atalaya.hotlistmatch.passage.PassageOperator;
import io.atalaya.hotlistmatch.readhistory.ReadHistoryOperator;
import io.atalaya.hotlistmatch.registry.RegistryOperator;

import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.api.common.typeinfo.Types;
import org.apache.flink.runtime.state.KeyGroupRangeAssignment;
import org.apache.flink.streaming.api.datastream.DataStream;
import org.apache.flink.streaming.api.datastream.KeyedStream;
import org.apache.flink.streaming.api.datastream.SingleOutputStreamOperator;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import org.apache.flink.streaming.api.operators.TwoInputStreamOperator;
import org.apache.flink.streaming.api.transformations.TwoInputTransformation;

/**
 * The matching graph.
 *
 * <pre>
 * hotlist ─> parse ─> registry (entryId, one subtask) ═ deltas ═> passage, read history (broadcast)
 *                        ├─ bucket changes ─> match (bucket)
 *                        ├─ entry events ───> alerting (entryId)
 *                        └─ covert entries ═ broadcast ═> cross-checks
 * plate-reads ─> parse ─┐
 * rfid-reads ──> parse ─┴> passage and prefilter (deviceId) ─> read history (plate, tag) ─> match (bucket)
 *                            └─ pattern matches ───────┐          └─ past matches ─┐           │
 *                                                      │                           │     OCR verification
 * devices ─> parse ═ broadcast ═> alerting (entryId) <─┴───────────────────────────┴───────────┘ ─> alerts
 *                  ═ broadcast ═> read history ─ clones ─> faulty devices (one subtask) ─> cross-checks (alertId) ─> alerts
 *                                    └─ mismatches of plate and tag ─────────────────────────┤
 * passage ── vehicle reads ────────┬─> convoy proximity (deviceId) ─> convoys (entryId) ─────┘
 * alerting ─ listed passages ──────┘
 *
 * dispositions ──────────> parse ─┐
 * alerts, as published ──> parse ─┴> disposition join (alertId) ─> calibration (device, list) ═ broadcast ═> alerting
 *
 * every operator: invalid records, internal errors ─> dead-letter
 *                                  internal errors ─> faults (deviceId) ─> alerts
 * </pre>
 */
public final class HotlistMatchPipeline {
    private HotlistMatchPipeline() {}

    /** Builds the graph between the given inputs and the outputs. */
    public static HotlistMatchOutputs build(
            HotlistMatchSettings settings, HotlistMatchInputs inputs) {
        var reads =
                parse(
                        HotlistMatchOperatorId.PARSE_READS,
                        inputs.plateReads(),
                        DeviceReadSerializer.INSTANCE,
                        ParseOperator.ofMessages(
                                settings.bulkhead(),
                                Parsers.plateReads(
                                        settings.plateFormat(),
                                        settings.clock(),
                                        settings.ocr().isEnabled()),
                                HotlistMatchMetrics.MESSAGES_WITHOUT_READ));
        var tags =
                parse(
                        HotlistMatchOperatorId.PARSE_RFID,
                        inputs.rfidReads(),
                        DeviceReadSerializer.INSTANCE,
                        ParseOperator.ofDevices(
                                settings.bulkhead(), Parsers.rfidReads(settings.clock())));
        var changes =
                parse(
                        HotlistMatchOperatorId.PARSE_HOTLIST,
                        inputs.hotlist(),
                        HotlistChangeSerializer.INSTANCE,
                        ParseOperator.of(settings.bulkhead(), Parsers.hotlist()));
        // The list is one stream with one order: with several subtasks each would have its own
        // order, and progress markers would be vectors.
        changes.setParallelism(1);
        var devices =
                parse(
                                HotlistMatchOperatorId.PARSE_DEVICES,
                                inputs.devices(),
                                DeviceChangeSerializer.INSTANCE,
                                ParseOperator.ofDevices(
                                        settings.bulkhead(), DeviceChangeRecords::read))
                        .setBufferTimeout(0);
        var dispositions =
                parse(
                                HotlistMatchOperatorId.PARSE_DISPOSITIONS,
                                inputs.dispositions(),
                                AlertFeedbackSerializer.INSTANCE,
                                ParseOperator.of(settings.bulkhead(), Parsers.dispositions()))
                        .setBufferTimeout(0);
        var published =
                parse(
                                HotlistMatchOperatorId.PARSE_PUBLISHED,
                                inputs.published(),
                                AlertFeedbackSerializer.INSTANCE,
                                ParseOperator.of(settings.bulkhead(), Parsers.published()))
                        .setBufferTimeout(0);

        var registry = registry(changes, settings);
        var passages = passages(reads.union(tags), registry, settings);
        DataStream<ReferenceUpdate> deviceUpdates =
                HotlistMatchOperatorId.DEVICE_UPDATES.rarelyOn(
                        devices.map(
                                ReferenceUpdate.DeviceChanged::new,
                                ReferenceUpdateSerializer.INSTANCE.typeInfo()));
        var hotlistUpdates =
                HotlistMatchOperatorId.HOTLIST_UPDATES
                        .on(
                                registry.map(
                                        ReferenceUpdate.HotlistChanged::new,
                                        ReferenceUpdateSerializer.INSTANCE.typeInfo()))
                        .setParallelism(1);
        var passedReads = readHistory(passages, hotlistUpdates.union(deviceUpdates), settings);
        var candidateMatches =
                match(passedReads, registry.getSideOutput(RegistryOperator.BUCKETS), settings);
        var matches = ocrVerification(candidateMatches, settings);
        DataStream<EntryEvent> cases =
                matches.union(
                        registry.getSideOutput(RegistryOperator.CASES),
                        passages.getSideOutput(PassageOperator.PATTERN_MATCHES),
                        passedReads.getSideOutput(ReadHistoryOperator.PAST_MATCHES));
        var clones = clones(passedReads.getSideOutput(ReadHistoryOperator.CLONES), settings);
        var answers = answers(dispositions.union(published), settings);
        var records = calibration(answers, settings);
        var decided = decide(cases, deviceUpdates.union(records), settings);
        var company =
                company(
                        passages.getSideOutput(PassageOperator.VEHICLE_READS),
                        decided.getSideOutput(HotlistAlertFunction.LISTED_PASSAGES),
                        settings);
        var convoys = convoys(company, settings);
        var crossCheckFindings =
                crossCheckFindings(
                        clones.union(
                                passedReads.getSideOutput(ReadHistoryOperator.MISMATCHES), convoys),
                        registry.getSideOutput(RegistryOperator.COVERT).union(deviceUpdates),
                        settings);
        var deadLetters =
                HotlistMatchOperatorId.PARSE_READS
                        .deadLettersOf(reads)
                        .union(
                                HotlistMatchOperatorId.PARSE_RFID.deadLettersOf(tags),
                                HotlistMatchOperatorId.PARSE_HOTLIST.deadLettersOf(changes),
                                HotlistMatchOperatorId.PARSE_DEVICES.deadLettersOf(devices),
                                HotlistMatchOperatorId.PARSE_DISPOSITIONS.deadLettersOf(
                                        dispositions),
                                HotlistMatchOperatorId.PARSE_PUBLISHED.deadLettersOf(published),
                                HotlistMatchOperatorId.REGISTRY.deadLettersOf(registry),
                                HotlistMatchOperatorId.PASSAGE.deadLettersOf(passages),
                                HotlistMatchOperatorId.READ_HISTORY.deadLettersOf(passedReads),
                                HotlistMatchOperatorId.MATCH.deadLettersOf(candidateMatches),
                                HotlistMatchOperatorId.OCR_VERIFICATION.deadLettersOf(matches),
                                HotlistMatchOperatorId.ALERTING.deadLettersOf(decided),
                                HotlistMatchOperatorId.OUTCOMES.deadLettersOf(answers),
                                HotlistMatchOperatorId.CALIBRATION.deadLettersOf(records),
                                HotlistMatchOperatorId.FAULTY_DEVICES.deadLettersOf(clones),
                                HotlistMatchOperatorId.CONVOY_PROXIMITY.deadLettersOf(company),
                                HotlistMatchOperatorId.CONVOYS.deadLettersOf(convoys),
                                HotlistMatchOperatorId.CROSS_CHECKS.deadLettersOf(
                                        crossCheckFindings));
        var faults =
                FaultAlertOperator.alerts(
                        HotlistMatchJob.NAME, HotlistMatchOperatorId.FAULTS, deadLetters, devices);
        return new HotlistMatchOutputs(decided.union(crossCheckFindings, faults), deadLetters);
    }

    private static <T> SingleOutputStreamOperator<T> parse(
            HotlistMatchOperatorId step,
            DataStream<RawRecord> records,
            RecordSerializer<T> format,
            ParseOperator<T> operator) {
        return step.on(records.transform(step.label(), format.typeInfo(), operator));
    }

    private static SingleOutputStreamOperator<ListDelta> registry(
            DataStream<HotlistChange> changes, HotlistMatchSettings settings) {
        return HotlistMatchOperatorId.REGISTRY
                .on(
                        changes.keyBy(HotlistChange::entryId, Types.STRING)
                                .transform(
                                        HotlistMatchOperatorId.REGISTRY.label(),
                                        ListDeltaSerializer.INSTANCE.typeInfo(),
                                        new RegistryOperator(
                                                settings.bulkhead(),
                                                settings.prefilterCapacity(),
                                                settings.keepEnded(),
                                                bucketsOfEverySubtask(changes))))
                .setParallelism(1);
    }

    /**
     * One bucket per key group, because the parallelism of the match operator may change between
     * runs. If a savepoint has more key groups, some subtask may receive no progress markers; it
     * then stores probes needlessly.
     */
    private static long[] bucketsOfEverySubtask(DataStream<?> stream) {
        StreamExecutionEnvironment env = stream.getExecutionEnvironment();
        int keyGroups =
                env.getMaxParallelism() > 0
                        ? env.getMaxParallelism()
                        : KeyGroupRangeAssignment.computeDefaultMaxParallelism(
                                env.getParallelism());
        return SubtaskKeys.of(keyGroups, keyGroups);
    }

    private static SingleOutputStreamOperator<RoutedEvent> passages(
            DataStream<DeviceRead> reads,
            DataStream<ListDelta> list,
            HotlistMatchSettings settings) {
        return keyedWithBroadcast(
                HotlistMatchOperatorId.PASSAGE,
                reads.keyBy(DeviceRead::deviceId, Types.STRING),
                list,
                new PassageOperator(
                        settings.bulkhead(),
                        settings.passageMemory(),
                        settings.passageMaxReads(),
                        settings.keepEnded(),
                        settings.prefilterCapacity(),
                        settings.pairingWindow(),
                        settings.rules().thresholds(),
                        settings.ocr().most()),
                RoutedEventSerializer.INSTANCE.typeInfo());
    }

    private static SingleOutputStreamOperator<Probe> readHistory(
            DataStream<RoutedEvent> passages,
            DataStream<ReferenceUpdate> referenceUpdates,
            HotlistMatchSettings settings) {
        return keyedWithBroadcast(
                HotlistMatchOperatorId.READ_HISTORY,
                passages.keyBy(RoutedEvent::key, Types.LONG),
                referenceUpdates,
                new ReadHistoryOperator(
                        settings.bulkhead(),
                        settings.retention(),
                        settings.maxSightingsPerPlate(),
                        settings.rules().thresholds(),
                        settings.clones(),
                        settings.mismatches()),
                ProbeSerializer.INSTANCE.typeInfo());
    }

    private static SingleOutputStreamOperator<CandidateMatch> match(
            DataStream<Probe> passedReads,
            DataStream<BucketChange> changes,
            HotlistMatchSettings settings) {
        return HotlistMatchOperatorId.MATCH.on(
                passedReads
                        .keyBy(Probe::bucket, Types.LONG)
                        .connect(changes.keyBy(BucketChange::bucket, Types.LONG))
                        .transform(
                                HotlistMatchOperatorId.MATCH.label(),
                                CandidateMatchSerializer.INSTANCE.typeInfo(),
                                new MatchFunction(
                                        settings.bulkhead(),
                                        settings.rules().thresholds(),
                                        settings.keepEnded(),
                                        settings.ocr().most())));
    }

    /** Chained to the match operator. */
    private static SingleOutputStreamOperator<EntryEvent> ocrVerification(
            DataStream<CandidateMatch> candidateMatches, HotlistMatchSettings settings) {
        OcrSettings ocr = settings.ocr();
        return HotlistMatchOperatorId.OCR_VERIFICATION.on(
                candidateMatches.transform(
                        HotlistMatchOperatorId.OCR_VERIFICATION.label(),
                        EntryEventSerializer.INSTANCE.typeInfo(),
                        new OcrVerificationOperator(
                                settings.bulkhead(),
                                settings.rules().thresholds(),
                                ocr.maxWait(),
                                new SharedOcrService(ocr))));
    }

    private static SingleOutputStreamOperator<Alert> decide(
            DataStream<EntryEvent> cases,
            DataStream<ReferenceUpdate> referenceUpdates,
            HotlistMatchSettings settings) {
        return keyedWithBroadcast(
                        HotlistMatchOperatorId.ALERTING,
                        cases.keyBy(EntryEvent::entryId, Types.STRING),
                        referenceUpdates,
                        new HotlistAlertFunction(settings.bulkhead(), settings.rules()),
                        AlertSerializer.INSTANCE.typeInfo())
                .setBufferTimeout(0);
    }

    private static SingleOutputStreamOperator<OutcomeUpdate> answers(
            DataStream<AlertFeedback> alerts, HotlistMatchSettings settings) {
        return HotlistMatchOperatorId.OUTCOMES.rarelyOn(
                alerts.keyBy(AlertFeedback::alertId, Types.STRING)
                        .transform(
                                HotlistMatchOperatorId.OUTCOMES.label(),
                                OutcomeUpdateSerializer.INSTANCE.typeInfo(),
                                new DispositionJoinFunction(
                                        settings.bulkhead(), settings.calibration().memory())));
    }

    private static SingleOutputStreamOperator<ReferenceUpdate> calibration(
            DataStream<OutcomeUpdate> answers, HotlistMatchSettings settings) {
        return HotlistMatchOperatorId.CALIBRATION.rarelyOn(
                answers.keyBy(answer -> answer.subject().key(), Types.STRING)
                        .transform(
                                HotlistMatchOperatorId.CALIBRATION.label(),
                                ReferenceUpdateSerializer.INSTANCE.typeInfo(),
                                new CalibrationFunction(
                                        settings.bulkhead(), settings.calibration())));
    }

    private static SingleOutputStreamOperator<CrossCheckFinding> clones(
            DataStream<CrossCheckFinding> found, HotlistMatchSettings settings) {
        return HotlistMatchOperatorId.FAULTY_DEVICES
                .rarelyOn(
                        found.transform(
                                HotlistMatchOperatorId.FAULTY_DEVICES.label(),
                                CrossCheckFindingSerializer.INSTANCE.typeInfo(),
                                new FaultyDeviceFilterOperator(
                                        settings.bulkhead(),
                                        settings.clones().maxPlatesPerDevice(),
                                        settings.clones().tagWait())))
                .setParallelism(1);
    }

    private static SingleOutputStreamOperator<ConvoyEvent> company(
            DataStream<DeviceVehicleRead> cars,
            DataStream<ListedPassage> listed,
            HotlistMatchSettings settings) {
        return HotlistMatchOperatorId.CONVOY_PROXIMITY.rarelyOn(
                cars.keyBy(DeviceVehicleRead::deviceId, Types.STRING)
                        .connect(listed.keyBy(ListedPassage::deviceId, Types.STRING))
                        .transform(
                                HotlistMatchOperatorId.CONVOY_PROXIMITY.label(),
                                ConvoyEventSerializer.INSTANCE.typeInfo(),
                                new ConvoyProximityOperator(
                                        settings.bulkhead(), settings.convoys())));
    }

    private static SingleOutputStreamOperator<CrossCheckFinding> convoys(
            DataStream<ConvoyEvent> company, HotlistMatchSettings settings) {
        return HotlistMatchOperatorId.CONVOYS.rarelyOn(
                company.keyBy(ConvoyEvent::entryId, Types.STRING)
                        .transform(
                                HotlistMatchOperatorId.CONVOYS.label(),
                                CrossCheckFindingSerializer.INSTANCE.typeInfo(),
                                new ConvoyOperator(settings.bulkhead(), settings.convoys())));
    }

    private static SingleOutputStreamOperator<Alert> crossCheckFindings(
            DataStream<CrossCheckFinding> found,
            DataStream<ReferenceUpdate> referenceUpdates,
            HotlistMatchSettings settings) {
        return keyedWithBroadcast(
                        HotlistMatchOperatorId.CROSS_CHECKS,
                        found.keyBy(CrossCheckFinding::alertId, Types.STRING),
                        referenceUpdates,
                        new CrossCheckAlertFunction(settings.bulkhead()),
                        AlertSerializer.INSTANCE.typeInfo())
                .setBufferTimeout(0);
    }

    /**
     * Connects a keyed stream and a broadcast stream to a custom operator, for which Flink has no
     * public API.
     */
    private static <A, B, O> SingleOutputStreamOperator<O> keyedWithBroadcast(
            HotlistMatchOperatorId step,
            KeyedStream<A, ?> keyed,
            DataStream<B> broadcast,
            TwoInputStreamOperator<A, B, O> operator,
            TypeInformation<O> outputType) {
        SingleOutputStreamOperator<O> output =
                step.on(
                        keyed.connect(broadcast.broadcast())
                                .transform(step.label(), outputType, operator));
        TwoInputTransformation<?, ?, ?> transformation =
                (TwoInputTransformation<?, ?, ?>) output.getTransformation();
        keyByFirstInput(transformation, keyed);
        return output;
    }

    @SuppressWarnings("unchecked")
    private static <A> void keyByFirstInput(
            TwoInputTransformation<?, ?, ?> transformation, KeyedStream<A, ?> keyed) {
        ((TwoInputTransformation<A, ?, ?>) transformation)
                .setStateKeySelectors(keyed.getKeySelector(), null);
        transformation.setStateKeyType(keyed.getKeyType());
    }
}
