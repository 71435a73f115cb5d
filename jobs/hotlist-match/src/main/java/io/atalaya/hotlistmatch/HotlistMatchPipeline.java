package io.atalaya.hotlistmatch;

import io.atalaya.contracts.alert.Alert;
import io.atalaya.contracts.topic.RawRecord;
import io.atalaya.contracts.topic.Topics;
import io.atalaya.flink.job.JobGraph;
import io.atalaya.flink.parse.ParseOperator;
import io.atalaya.flink.parse.ParseOperator.SingleParser;
import io.atalaya.flink.progress.SubtaskKeys;
import io.atalaya.flink.serializer.BinaryTypeInfo;
import io.atalaya.hotlistmatch.alerting.HotlistAlertFunction;
import io.atalaya.hotlistmatch.calibration.AlertFeedback;
import io.atalaya.hotlistmatch.calibration.CalibrationFunction;
import io.atalaya.hotlistmatch.calibration.DispositionJoinFunction;
import io.atalaya.hotlistmatch.calibration.OutcomeUpdate;
import io.atalaya.hotlistmatch.crosscheck.CrossCheckAlertFunction;
import io.atalaya.hotlistmatch.crosscheck.CrossCheckFinding;
import io.atalaya.hotlistmatch.crosscheck.clonedplate.FaultyDeviceFilterOperator;
import io.atalaya.hotlistmatch.crosscheck.convoy.ConvoyEvent;
import io.atalaya.hotlistmatch.crosscheck.convoy.ConvoyOperator;
import io.atalaya.hotlistmatch.crosscheck.convoy.ConvoyProximityOperator;
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
import io.atalaya.hotlistmatch.metrics.HotlistMatchMetrics;
import io.atalaya.hotlistmatch.ocr.OcrSettings;
import io.atalaya.hotlistmatch.ocr.OcrVerificationOperator;
import io.atalaya.hotlistmatch.ocr.OcrWorkerPool;
import io.atalaya.hotlistmatch.passage.PassageOperator;
import io.atalaya.hotlistmatch.readhistory.ReadHistoryOperator;
import io.atalaya.hotlistmatch.registry.RegistryOperator;

import org.apache.flink.api.common.typeinfo.Types;
import org.apache.flink.runtime.state.KeyGroupRangeAssignment;
import org.apache.flink.streaming.api.datastream.DataStream;
import org.apache.flink.streaming.api.datastream.SingleOutputStreamOperator;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;

import java.util.ArrayList;
import java.util.List;

/**
 * The matching graph.
 *
 * <pre>
 * hotlist ─> parse ─> registry (entryId, one subtask) ═ deltas ═> passage, read history (broadcast)
 *                        ├─ bucket changes ─> match (bucket)
 *                        ├─ entry events ───> alerting (entryId)
 *                        └─ covert entries ═ broadcast ═> cross-checks
 * plate-reads ─> parse ─┐
 * rfid-reads ──> parse ─┴> passage and prefilter (deviceId) ─ passed reads ─> match (bucket) ─> OCR verification ─┐
 *                            ├─ pattern matches ──────────────────────────────────────────────────────────────────┤
 *                            └─ every read ─> read history (plate, tag) ─ past matches ───────────────────────────┤
 * devices ─> parse ═ broadcast ═> alerting (entryId) <────────────────────────────────────────────────────────────┘ ─> alerts
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
    /**
     * Subtasks of a step with a few records a minute. Each subtask with state is a database more
     * that writes to disk at every barrier.
     */
    private static final int RARE = 1;

    private final JobGraph graph;
    private final HotlistMatchSettings settings;

    private HotlistMatchPipeline(JobGraph graph, HotlistMatchSettings settings) {
        this.graph = graph;
        this.settings = settings;
    }

    /** Adds the operators and their outputs to a graph. */
    static void build(JobGraph graph, HotlistMatchSettings settings) {
        new HotlistMatchPipeline(graph, settings).build();
    }

    private void build() {
        var registry = registry(hotlistChanges());
        DataStream<DeviceRead> reads =
                settings.tags() ? plateReads().union(tagReads()) : plateReads();
        var passages = passages(reads, registry);
        DataStream<ReferenceUpdate> deviceUpdates =
                graph.devices()
                        .map(
                                ReferenceUpdate.DeviceChanged::new,
                                BinaryTypeInfo.of(ReferenceUpdate.class))
                        .uid("device-updates")
                        .name("devices as reference updates")
                        .setParallelism(1)
                        .setBufferTimeout(JobGraph.AT_ONCE);
        var candidateMatches =
                match(
                        passages.getSideOutput(PassageOperator.PROBES),
                        registry.getSideOutput(RegistryOperator.BUCKETS));
        DataStream<EntryEvent> entryEvents =
                ocrVerification(candidateMatches)
                        .union(
                                registry.getSideOutput(RegistryOperator.ENTRY_EVENTS),
                                passages.getSideOutput(PassageOperator.PATTERN_MATCHES));
        List<DataStream<CrossCheckFinding>> findings = new ArrayList<>();
        if (settings.history()) {
            var history = readHistory(passages, listUpdates(registry).union(deviceUpdates));
            entryEvents = entryEvents.union(history);
            if (settings.clones() != null) {
                findings.add(clones(history.getSideOutput(ReadHistoryOperator.CLONES)));
            }
            if (settings.mismatches() != null) {
                findings.add(history.getSideOutput(ReadHistoryOperator.MISMATCHES));
            }
        }
        var records = calibration(outcomes(dispositions().union(published())));
        var hotlistAlerts = alerting(entryEvents, deviceUpdates.union(records));
        graph.addAlerts("hotlist", hotlistAlerts);
        if (settings.convoys() != null) {
            findings.add(
                    convoys(
                            convoyProximity(
                                    passages.getSideOutput(PassageOperator.VEHICLE_READS),
                                    hotlistAlerts.getSideOutput(
                                            HotlistAlertFunction.LISTED_PASSAGES))));
        }
        findings.stream()
                .reduce((some, others) -> some.union(others))
                .ifPresent(
                        all ->
                                graph.addAlerts(
                                        "cross-checks",
                                        crossCheckFindings(
                                                all,
                                                registry.getSideOutput(RegistryOperator.COVERT)
                                                        .union(deviceUpdates))));
    }

    private DataStream<DeviceRead> plateReads() {
        return graph.add(
                "parse-plate-reads",
                "parse plate reads",
                graph.reads(Topics.PLATE_READS, "plate reads"),
                ParseOperator.ofMessages(
                        settings.bulkhead(),
                        HotlistMatchParsers.plateReads(
                                settings.plateFormat(),
                                settings.clock(),
                                settings.ocr().isEnabled()),
                        HotlistMatchMetrics.MESSAGES_WITHOUT_READ),
                BinaryTypeInfo.of(DeviceRead.class));
    }

    private DataStream<DeviceRead> tagReads() {
        return graph.add(
                "parse-rfid-reads",
                "parse tag reads",
                graph.reads(Topics.RFID_READS, "tag reads"),
                ParseOperator.ofDevices(
                        settings.bulkhead(), HotlistMatchParsers.rfidReads(settings.clock())),
                BinaryTypeInfo.of(DeviceRead.class));
    }

    /**
     * The list is one stream with one order: with several subtasks each would have its own order,
     * and progress markers would be vectors.
     */
    private DataStream<HotlistChange> hotlistChanges() {
        return graph.add(
                        "parse-hotlist",
                        "parse hot list",
                        graph.whole(Topics.HOTLIST, "hot list"),
                        ParseOperator.of(settings.bulkhead(), HotlistMatchParsers.hotlist()),
                        BinaryTypeInfo.of(HotlistChange.class))
                .setParallelism(1);
    }

    private DataStream<AlertFeedback> dispositions() {
        return feedback(
                "parse-dispositions",
                "parse dispositions",
                graph.whole(Topics.DISPOSITIONS, "dispositions"),
                HotlistMatchParsers.dispositions());
    }

    /** The job's own alerts, read back. */
    private DataStream<AlertFeedback> published() {
        return feedback(
                "parse-published-alerts",
                "parse published alerts",
                graph.whole(Topics.ALERTS, "published-alerts", "alerts as published"),
                HotlistMatchParsers.published());
    }

    /** One subtask, as the source has, so that the records of an alert stay in order. */
    private DataStream<AlertFeedback> feedback(
            String uid,
            String name,
            DataStream<RawRecord> records,
            SingleParser<AlertFeedback> parser) {
        return graph.add(
                        uid,
                        name,
                        records,
                        ParseOperator.of(settings.bulkhead(), parser),
                        BinaryTypeInfo.of(AlertFeedback.class))
                .setParallelism(1)
                .setBufferTimeout(JobGraph.AT_ONCE);
    }

    private SingleOutputStreamOperator<ListDelta> registry(DataStream<HotlistChange> changes) {
        return graph.add(
                        "registry",
                        "registry: entry versions",
                        changes.keyBy(HotlistChange::entryId, Types.STRING),
                        new RegistryOperator(
                                settings.bulkhead(),
                                settings.prefilterCapacity(),
                                settings.keepEnded(),
                                bucketsOfEverySubtask(changes)),
                        BinaryTypeInfo.of(ListDelta.class))
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

    private SingleOutputStreamOperator<RoutedEvent> passages(
            DataStream<DeviceRead> reads, DataStream<ListDelta> list) {
        return graph.add(
                "passage",
                "passage and prefilter",
                reads.keyBy(DeviceRead::deviceId, Types.STRING),
                list,
                new PassageOperator(
                        settings.bulkhead(),
                        settings.passageMemory(),
                        settings.passageMaxReads(),
                        settings.keepEnded(),
                        settings.prefilterCapacity(),
                        settings.pairingWindow(),
                        settings.alerting().thresholds(),
                        settings.ocr().maxLogOdds(),
                        settings.convoys() != null),
                BinaryTypeInfo.of(RoutedEvent.class));
    }

    private static DataStream<ReferenceUpdate> listUpdates(DataStream<ListDelta> list) {
        return list.map(
                        ReferenceUpdate.HotlistChanged::new,
                        BinaryTypeInfo.of(ReferenceUpdate.class))
                .uid("hotlist-updates")
                .name("hot list as reference updates")
                .setParallelism(1);
    }

    private SingleOutputStreamOperator<EntryEvent> readHistory(
            DataStream<RoutedEvent> passages, DataStream<ReferenceUpdate> referenceUpdates) {
        return graph.add(
                        "read-history",
                        "read history: reads by plate",
                        passages.keyBy(RoutedEvent::key, Types.LONG),
                        referenceUpdates,
                        new ReadHistoryOperator(
                                settings.bulkhead(),
                                settings.retention(),
                                settings.maxReadsPerPlate(),
                                settings.alerting().thresholds(),
                                settings.clones(),
                                settings.mismatches()),
                        BinaryTypeInfo.of(EntryEvent.class))
                .setBufferTimeout(JobGraph.AT_ONCE);
    }

    private DataStream<CandidateMatch> match(
            DataStream<Probe> passedReads, DataStream<BucketChange> changes) {
        return graph.add(
                "match",
                "match: buckets",
                passedReads
                        .keyBy(Probe::bucket, Types.LONG)
                        .connect(changes.keyBy(BucketChange::bucket, Types.LONG)),
                new MatchFunction(
                        settings.bulkhead(),
                        settings.alerting().thresholds(),
                        settings.keepEnded(),
                        settings.ocr().evidence()),
                BinaryTypeInfo.of(CandidateMatch.class));
    }

    /** Chained to the match operator. */
    private DataStream<EntryEvent> ocrVerification(DataStream<CandidateMatch> candidateMatches) {
        OcrSettings ocr = settings.ocr();
        return graph.add(
                        "ocr-verification",
                        "OCR verification: images read again",
                        candidateMatches,
                        new OcrVerificationOperator(
                                settings.bulkhead(),
                                settings.alerting().thresholds(),
                                ocr.maxWait(),
                                new OcrWorkerPool.PerProcess(ocr)),
                        BinaryTypeInfo.of(EntryEvent.class))
                .setBufferTimeout(JobGraph.AT_ONCE);
    }

    private SingleOutputStreamOperator<Alert> alerting(
            DataStream<EntryEvent> entryEvents, DataStream<ReferenceUpdate> referenceUpdates) {
        return graph.add(
                        "alerting",
                        "alerting: hot-list alerts",
                        entryEvents.keyBy(EntryEvent::entryId, Types.STRING),
                        referenceUpdates,
                        new HotlistAlertFunction(settings.bulkhead(), settings.alerting()),
                        BinaryTypeInfo.of(Alert.class))
                .setBufferTimeout(JobGraph.AT_ONCE);
    }

    private DataStream<OutcomeUpdate> outcomes(DataStream<AlertFeedback> alerts) {
        return graph.add(
                        "outcomes",
                        "outcomes: alerts and their dispositions",
                        alerts.keyBy(AlertFeedback::alertId, Types.STRING),
                        new DispositionJoinFunction(
                                settings.bulkhead(), settings.calibration().memory()),
                        BinaryTypeInfo.of(OutcomeUpdate.class))
                .setParallelism(RARE)
                .setBufferTimeout(JobGraph.AT_ONCE);
    }

    private DataStream<ReferenceUpdate> calibration(DataStream<OutcomeUpdate> outcomes) {
        return graph.add(
                        "calibration",
                        "calibration: offsets of devices and lists",
                        outcomes.keyBy(outcome -> outcome.subject().key(), Types.STRING),
                        new CalibrationFunction(settings.bulkhead(), settings.calibration()),
                        BinaryTypeInfo.of(ReferenceUpdate.class))
                .setParallelism(RARE)
                .setBufferTimeout(JobGraph.AT_ONCE);
    }

    private DataStream<CrossCheckFinding> clones(DataStream<CrossCheckFinding> found) {
        return graph.add(
                        "faulty-devices",
                        "faulty devices: filter of cloned plates",
                        found,
                        new FaultyDeviceFilterOperator(
                                settings.bulkhead(),
                                settings.clones().maxPlatesPerDevice(),
                                settings.clones().tagWait()),
                        BinaryTypeInfo.of(CrossCheckFinding.class))
                .setParallelism(RARE)
                .setBufferTimeout(JobGraph.AT_ONCE);
    }

    private DataStream<ConvoyEvent> convoyProximity(
            DataStream<DeviceVehicleRead> vehicleReads, DataStream<ListedPassage> listed) {
        return graph.add(
                        "convoy-proximity",
                        "convoy proximity: vehicles near listed ones",
                        vehicleReads
                                .keyBy(DeviceVehicleRead::deviceId, Types.STRING)
                                .connect(listed.keyBy(ListedPassage::deviceId, Types.STRING)),
                        new ConvoyProximityOperator(settings.bulkhead(), settings.convoys()),
                        BinaryTypeInfo.of(ConvoyEvent.class))
                .setBufferTimeout(JobGraph.AT_ONCE);
    }

    private DataStream<CrossCheckFinding> convoys(DataStream<ConvoyEvent> convoyEvents) {
        return graph.add(
                        "convoys",
                        "convoys: vehicles that travel together",
                        convoyEvents.keyBy(ConvoyEvent::entryId, Types.STRING),
                        new ConvoyOperator(settings.bulkhead(), settings.convoys()),
                        BinaryTypeInfo.of(CrossCheckFinding.class))
                .setBufferTimeout(JobGraph.AT_ONCE);
    }

    private DataStream<Alert> crossCheckFindings(
            DataStream<CrossCheckFinding> found, DataStream<ReferenceUpdate> referenceUpdates) {
        return graph.add(
                        "cross-checks",
                        "cross-checks: alerts without an entry",
                        found.keyBy(CrossCheckFinding::alertId, Types.STRING),
                        referenceUpdates,
                        new CrossCheckAlertFunction(settings.bulkhead()),
                        BinaryTypeInfo.of(Alert.class))
                .setParallelism(RARE)
                .setBufferTimeout(JobGraph.AT_ONCE);
    }
}
