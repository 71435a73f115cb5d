package io.atalaya.hotlistmatch;

import io.atalaya.contracts.device.Device;
import io.atalaya.contracts.device.DeviceCodec;
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

/** What tests of the job send: as short as their scenarios want it. Times are epoch ms. */
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

    /** An entry that is looked for at one site only. */
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

    /** A read that takes the place of {@code supersedes}. */
    public static PlateRead revision(
            String deviceId, String readId, long time, String plate, String supersedes) {
        return read(deviceId, readId, time, plate, 0.95, supersedes, false);
    }

    /** Takes back a read by its id alone. */
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

    /** A read of which the camera says no more than this. */
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

    /** An arch on the road from south to north: a hundredth of a degree is 1.1 km. */
    public static Device arch(String deviceId, String site, double latitude) {
        return new Device(
                deviceId, Device.Kind.ARCH, site, null, latitude, -99.6, null, null, null, null);
    }

    /** An entry that only {@code unit-E} may learn of, E being its id. */
    public static HotlistEntry covert(String entryId, String plate) {
        return covert(entryId, plate, null);
    }

    /** The same that knows its vehicle by the tag alone. */
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

    /** A read as the passage step gets it, arriving at the moment of its own time. */
    public static EnrichedRead enrichedRead(PlateRead read) {
        return new EnrichedRead(
                PassageEvent.key(read.deviceId(), read.readId()), read.time(), false, read);
    }

    static TopicRecord arriving(PlateRead read, long arrival) {
        return new TopicRecord(
                Topics.PLATE_READS, arrival, read.deviceId(), PlateReadCodec.write(read));
    }

    /** A read that arrives at the moment of its own time. */
    static TopicRecord arriving(PlateRead read) {
        return arriving(read, read.time());
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
                Topics.DEVICES, arrival, device.deviceId(), DeviceCodec.write(device));
    }

    /** As after a failure: each record once more behind itself. */
    static List<TopicRecord> twice(List<TopicRecord> records) {
        return records.stream().flatMap(record -> Stream.of(record, record)).toList();
    }
}
