package io.atalaya.lab.evaluate.hotlist;

import io.atalaya.contracts.device.Device;
import io.atalaya.contracts.hotlist.HotlistEntryCodec;
import io.atalaya.contracts.json.InvalidRecordException;
import io.atalaya.contracts.plate.CanonicalPlate;
import io.atalaya.contracts.plate.PlateRead;
import io.atalaya.contracts.plate.PlateReadCodec;
import io.atalaya.contracts.topic.TopicRecord;
import io.atalaya.contracts.topic.Topics;
import io.atalaya.lab.evaluate.hotlist.BaselineRule.ListedEntry;
import io.atalaya.lab.evaluate.input.UnreadableInputException;
import io.atalaya.simulator.recording.InputTopic;
import io.atalaya.simulator.recording.MergedRecords;
import io.atalaya.simulator.recording.Recording;
import io.atalaya.simulator.truth.GroundTruth;

import java.util.ArrayList;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Runs the baseline rules over a recording: each read once, against the entries on the list when it
 * arrived. Like the job they apply scope, validity and wildcards, and they skip malformed records.
 *
 * @param counts alerts by rule
 * @param countries of the reads, each readId once, and of the entries
 * @param firstArrival arrival time of the first read, epoch ms; {@code lastArrival} of the last
 * @param entries entries on the list at the end
 */
record Baselines(
        Map<BaselineRule, PassageCounts> counts,
        Countries countries,
        long firstArrival,
        long lastArrival,
        int entries) {

    private static final double DAY_MS = 86_400_000;

    /** Number of plate reads, each readId once. */
    public int reads() {
        return countries.reads();
    }

    /** Days that the reads cover; at least one second. */
    public double days() {
        return Math.max(1_000, lastArrival - firstArrival) / DAY_MS;
    }

    /**
     * Reads the recording twice: the list first, then the reads.
     *
     * @throws UnreadableInputException if it has no reads
     */
    static Baselines over(Recording recording, GroundTruth truth) {
        Map<String, Device> devices = new HashMap<>();
        List<ListedEntry> versions = new ArrayList<>();
        int entries = readList(recording, devices, versions);

        List<ListedEntry> plates = versions.stream().filter(v -> v.plate() != 0).toList();
        List<ListedEntry> wildcards = versions.stream().filter(v -> v.pattern() != null).toList();
        Map<BaselineRule, BaselineRule.Index> indexes = new EnumMap<>(BaselineRule.class);
        Map<BaselineRule, PassageCounts> counts = new EnumMap<>(BaselineRule.class);
        for (BaselineRule rule : BaselineRule.values()) {
            indexes.put(rule, rule.index(plates));
            counts.put(rule, new PassageCounts(truth.wantedPassages()));
        }
        HotlistEvaluator evaluator = new HotlistEvaluator(truth);
        Countries countries = new Countries();
        versions.forEach(v -> countries.addEntry(v.entryId(), v.country()));
        long first = Long.MAX_VALUE;
        long last = 0;
        byte[] symbols = new byte[CanonicalPlate.MAX_LENGTH];
        try (MergedRecords records = recording.open(EnumSet.of(InputTopic.PLATE_READS))) {
            for (TopicRecord record = records.next(); record != null; record = records.next()) {
                PlateRead read = plateRead(record);
                if (read == null
                        || read.isWithdrawn()
                        || !countries.addRead(read.readId(), read.country())) {
                    continue;
                }
                long arrival = record.timestamp();
                first = Math.min(first, arrival);
                last = Math.max(last, arrival);
                long plate = CanonicalPlate.pack(read.plate());
                int length = CanonicalPlate.unpack(plate, symbols);
                for (BaselineRule rule : BaselineRule.values()) {
                    Set<String> alerted = new HashSet<>();
                    indexes.get(rule)
                            .near(
                                    plate,
                                    version -> {
                                        if (version.covers(read, arrival, devices)) {
                                            alerted.add(version.entryId());
                                        }
                                    });
                    for (ListedEntry wildcard : wildcards) {
                        if (wildcard.pattern().matches(symbols, length)
                                && wildcard.covers(read, arrival, devices)) {
                            alerted.add(wildcard.entryId());
                        }
                    }
                    for (String entryId : alerted) {
                        counts.get(rule)
                                .add(evaluator.evaluate(null, entryId, List.of(read.readId())));
                    }
                }
            }
        }
        if (countries.reads() == 0) {
            throw new UnreadableInputException(
                    "the recording has no usable plate reads, expected plate-reads.jsonl(.gz)",
                    null);
        }
        return new Baselines(counts, countries, first, last, entries);
    }

    private static int readList(
            Recording recording, Map<String, Device> devices, List<ListedEntry> versions) {
        Map<String, ListedEntry> current = new HashMap<>();
        try (MergedRecords records =
                recording.open(EnumSet.of(InputTopic.DEVICES, InputTopic.HOTLIST))) {
            for (TopicRecord record = records.next(); record != null; record = records.next()) {
                try {
                    if (record.topic().equals(Topics.DEVICES)) {
                        if (record.value() != null) {
                            Device device = Device.CODEC.read(record.value());
                            devices.put(device.deviceId(), device);
                        }
                    } else if (record.value() == null) {
                        end(current.remove(record.key()), record.timestamp());
                    } else {
                        ListedEntry version =
                                new ListedEntry(
                                        HotlistEntryCodec.read(record.value()), record.timestamp());
                        versions.add(version);
                        end(current.put(version.entryId(), version), record.timestamp());
                    }
                } catch (InvalidRecordException e) {
                    // The job rejects it as well, and the live version stays in force.
                    continue;
                }
            }
        }
        return current.size();
    }

    private static void end(ListedEntry version, long arrival) {
        if (version != null) {
            version.removeAt(arrival);
        }
    }

    private static PlateRead plateRead(TopicRecord record) {
        if (record.value() == null) {
            return null;
        }
        try {
            return PlateReadCodec.read(record.value());
        } catch (InvalidRecordException e) {
            return null;
        }
    }
}
