package io.atalaya.hotlistmatch;

import io.atalaya.contracts.device.Device;
import io.atalaya.contracts.hotlist.HotlistEntry;
import io.atalaya.contracts.hotlist.HotlistEntryCodec;
import io.atalaya.contracts.hotlist.MatchMode;
import io.atalaya.contracts.hotlist.Scope;
import io.atalaya.contracts.plate.Candidate;
import io.atalaya.contracts.plate.PlateRead;
import io.atalaya.contracts.plate.PlateReadCodec;
import io.atalaya.contracts.plate.Vehicle;
import io.atalaya.contracts.topic.TopicRecord;
import io.atalaya.contracts.topic.Topics;
import io.atalaya.hotlistmatch.event.EnrichedRead;
import io.atalaya.hotlistmatch.event.PassageEvent;

import java.util.List;
import java.util.stream.Stream;

/** Short factories for the records that tests of the job send. Times are epoch ms. */
public final class TestRecords {
    private TestRecords() {}

    /** An entry of high priority, FUZZY, valid always and everywhere. */
    public static HotlistEntry entry(String entryId, String plate) {
        return entry(entryId, plate, null, null, MatchMode.FUZZY);
    }

    public static HotlistEntry exact(String entryId, String plate) {
        return entry(entryId, plate, null, null, MatchMode.EXACT);
    }

    public static HotlistEntry entryUntil(String entryId, String plate, long validUntil) {
        return entry(entryId, plate, null, validUntil, MatchMode.FUZZY);
    }

    public static HotlistEntry pattern(String entryId, String pattern) {
        return entry(entryId, null, pattern, null, MatchMode.FUZZY);
    }

    /** An entry that applies at one site only. */
    public static HotlistEntry entryAt(String entryId, String plate, String site) {
        Scope scope = new Scope(List.of(site), List.of(), List.of());
        return entry(entryId, plate, null, null, MatchMode.FUZZY, scope);
    }

    private static HotlistEntry entry(
            String entryId, String plate, String pattern, Long validUntil, MatchMode match) {
        return entry(entryId, plate, pattern, validUntil, match, Scope.EVERYWHERE);
    }

    private static HotlistEntry entry(
            String entryId,
            String plate,
            String pattern,
            Long validUntil,
            MatchMode match,
            Scope scope) {
        return new HotlistEntry(
                entryId,
                plate,
                pattern,
                null,
                null,
                null,
                "STOLEN_VEHICLE",
                "C-" + entryId,
                "FGJEM",
                null,
                90,
                null,
                validUntil,
                null,
                scope,
                match,
                false,
                List.of());
    }

    public static PlateRead read(String deviceId, String readId, long time, String plate) {
        return read(deviceId, readId, time, plate, 0.95);
    }

    public static PlateRead read(
            String deviceId, String readId, long time, String plate, double confidence) {
        return read(deviceId, readId, time, plate, confidence, null, false);
    }

    /** A read that replaces {@code supersedes}. */
    public static PlateRead revision(
            String deviceId, String readId, long time, String plate, String supersedes) {
        return read(deviceId, readId, time, plate, 0.95, supersedes, false);
    }

    /** A message that withdraws a read by its id alone. */
    public static PlateRead withdrawal(String deviceId, String readId, long time) {
        return read(deviceId, readId, time, null, 0, null, true);
    }

    private static PlateRead read(
            String deviceId,
            String readId,
            long time,
            String plate,
            double confidence,
            String supersedes,
            boolean withdrawn) {
        return read(
                deviceId,
                null,
                readId,
                time,
                plate,
                confidence,
                List.of(),
                null,
                null,
                supersedes,
                withdrawn);
    }

    /** A read with no further information from the camera. */
    public static PlateRead read(
            String deviceId,
            Integer lane,
            String readId,
            long time,
            String plate,
            double confidence,
            List<Candidate> candidates,
            String country,
            Vehicle vehicle,
            String supersedes,
            boolean withdrawn) {
        return new PlateRead(
                readId,
                deviceId,
                lane,
                time,
                plate,
                confidence,
                candidates,
                country,
                null,
                null,
                null,
                vehicle,
                null,
                null,
                supersedes,
                withdrawn);
    }

    public static Device arch(String deviceId, String site) {
        return arch(deviceId, site, 19.25);
    }

    /** An arch on a road from south to north; 0.01 degrees are 1.1 km. */
    public static Device arch(String deviceId, String site, double latitude) {
        return new Device(
                deviceId, Device.Kind.ARCH, site, null, latitude, -99.6, null, null, null, null);
    }

    /** A covert entry whose only recipient is {@code unit-E}, E being its id. */
    public static HotlistEntry covert(String entryId, String plate) {
        return covert(entryId, plate, null);
    }

    /** A covert entry that knows its vehicle by the tag alone. */
    public static HotlistEntry covertTag(String entryId, String tagId) {
        return covert(entryId, null, tagId);
    }

    private static HotlistEntry covert(String entryId, String plate, String tagId) {
        HotlistEntry open = entry(entryId, plate);
        return new HotlistEntry(
                entryId,
                plate,
                null,
                tagId,
                null,
                null,
                open.reason(),
                open.caseNumber(),
                open.agency(),
                null,
                open.priority(),
                null,
                null,
                null,
                open.scope(),
                open.match(),
                true,
                List.of("unit-" + entryId));
    }

    /** A read as the passage operator receives it, whose arrival time is its device time. */
    public static EnrichedRead enrichedRead(PlateRead read) {
        return new EnrichedRead(
                PassageEvent.key(read.deviceId(), read.readId()), read.deviceTime(), false, read);
    }

    static TopicRecord arriving(PlateRead read, long arrival) {
        return new TopicRecord(
                Topics.PLATE_READS, arrival, read.deviceId(), PlateReadCodec.write(read));
    }

    /** A read whose arrival time is its device time. */
    static TopicRecord arriving(PlateRead read) {
        return arriving(read, read.deviceTime());
    }

    static TopicRecord arriving(HotlistEntry entry, long arrival) {
        return new TopicRecord(
                Topics.HOTLIST, arrival, entry.entryId(), HotlistEntryCodec.write(entry));
    }

    static TopicRecord removal(String entryId, long arrival) {
        return new TopicRecord(Topics.HOTLIST, arrival, entryId, null);
    }

    static TopicRecord arriving(Device device, long arrival) {
        return new TopicRecord(
                Topics.DEVICES, arrival, device.deviceId(), Device.CODEC.write(device));
    }

    /** Each record twice in sequence, as after a failure. */
    static List<TopicRecord> twice(List<TopicRecord> records) {
        return records.stream().flatMap(record -> Stream.of(record, record)).toList();
    }
}
