package io.atalaya.lab.evaluate.hotlist;

import io.atalaya.contracts.device.Device;
import io.atalaya.contracts.device.DeviceCodec;
import io.atalaya.contracts.hotlist.HotlistEntryCodec;
import io.atalaya.contracts.json.InvalidRecordException;
import io.atalaya.contracts.plate.CanonicalPlate;
import io.atalaya.contracts.plate.PlateRead;
import io.atalaya.contracts.plate.PlateReadCodec;
import io.atalaya.contracts.topic.TopicRecord;
import io.atalaya.contracts.topic.Topics;
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
 * Runs the plain rules over a recording: each read once, against the entries on the list when it
 * arrived. Like the job they apply scope, validity and wildcards, and they skip malformed records.
 *
 * @param tallies by rule
 * @param countries of the reads, each readId once, and of the entries
 * @param firstArrival arrival time of the first read, epoch ms; {@code lastArrival} of the last
 * @param entries entries on the list at the end
 */
record PlainRules(
        Map<PlainRule, Tally> tallies,
        Countries countries,
        long firstArrival,
        long lastArrival,
        int entries) {

    private static final double DAY_MS = 86_400_000;

    /** Number of plate reads, each readId once. */
    int reads() {
        return countries.reads();
    }

    /** Days that the reads cover; at least one second. */
    double days() {
        return Math.max(1_000, lastArrival - firstArrival) / DAY_MS;
    }

    /**
     * Reads the recording twice: the list first, then the reads.
     *
     * @throws UnreadableInputException if it has no reads
     */
    static PlainRules over(Recording recording, GroundTruth truth) {
        Map<String, Device> devices = new HashMap<>();
        List<ListedVersion> versions = new ArrayList<>();
        int entries = readList(recording, devices, versions);

        List<ListedVersion> plates = versions.stream().filter(v -> v.plate() != 0).toList();
        List<ListedVersion> wildcards = versions.stream().filter(v -> v.pattern() != null).toList();
        Map<PlainRule, PlainRule.Index> indexes = new EnumMap<>(PlainRule.class);
        Map<PlainRule, Tally> tallies = new EnumMap<>(PlainRule.class);
        for (PlainRule rule : PlainRule.values()) {
            indexes.put(rule, rule.index(plates));
            tallies.put(rule, new Tally(truth));
        }
        Countries countries = new Countries();
        versions.forEach(v -> countries.addEntry(v.entryId(), v.country()));
        long first = Long.MAX_VALUE;
        long last = 0;
        byte[] symbols = new byte[CanonicalPlate.MAX_LENGTH];
        try (MergedRecords records = recording.open(EnumSet.of(InputTopic.PLATE_READS))) {
            for (TopicRecord record = records.next(); record != null; record = records.next()) {
                PlateRead read = plateRead(record);
                if (read == null
                        || read.withdrawn()
                        || !countries.addRead(read.readId(), read.country())) {
                    continue;
                }
                long arrival = record.timestamp();
                first = Math.min(first, arrival);
                last = Math.max(last, arrival);
                long plate = CanonicalPlate.pack(read.plate());
                int length = CanonicalPlate.unpack(plate, symbols);
                for (PlainRule rule : PlainRule.values()) {
                    Set<String> alerted = new HashSet<>();
                    indexes.get(rule)
                            .near(
                                    plate,
                                    version -> {
                                        if (version.asksFor(read, arrival, devices)) {
                                            alerted.add(version.entryId());
                                        }
                                    });
                    for (ListedVersion wildcard : wildcards) {
                        if (wildcard.pattern().matches(symbols, length)
                                && wildcard.asksFor(read, arrival, devices)) {
                            alerted.add(wildcard.entryId());
                        }
                    }
                    for (String entryId : alerted) {
                        tallies.get(rule).alert(entryId, List.of(read.readId()));
                    }
                }
            }
        }
        if (countries.reads() == 0) {
            throw new UnreadableInputException(
                    "the recording has no usable plate reads, expected plate-reads.jsonl(.gz)",
                    null);
        }
        return new PlainRules(tallies, countries, first, last, entries);
    }

    private static int readList(
            Recording recording, Map<String, Device> devices, List<ListedVersion> versions) {
        Map<String, ListedVersion> current = new HashMap<>();
        try (MergedRecords records =
                recording.open(EnumSet.of(InputTopic.DEVICES, InputTopic.HOTLIST))) {
            for (TopicRecord record = records.next(); record != null; record = records.next()) {
                try {
                    if (record.topic().equals(Topics.DEVICES)) {
                        if (record.value() != null) {
                            Device device = DeviceCodec.read(record.value());
                            devices.put(device.deviceId(), device);
                        }
                    } else if (record.value() == null) {
                        end(current.remove(record.key()), record.timestamp());
                    } else {
                        ListedVersion version =
                                new ListedVersion(
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

    private static void end(ListedVersion version, long arrival) {
        if (version != null) {
            version.endAt(arrival);
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
