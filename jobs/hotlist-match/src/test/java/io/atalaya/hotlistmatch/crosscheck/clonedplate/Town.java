package io.atalaya.hotlistmatch.crosscheck.clonedplate;

import io.atalaya.contracts.device.Device;
import io.atalaya.contracts.plate.CanonicalPlate;
import io.atalaya.contracts.plate.PlateRead;
import io.atalaya.contracts.plate.Vehicle;
import io.atalaya.contracts.rfid.RfidRead;
import io.atalaya.contracts.topic.RecordPosition;
import io.atalaya.hotlistmatch.TestRecords;
import io.atalaya.hotlistmatch.crosscheck.clonedplate.CloneLogic.DeviceLocations;
import io.atalaya.hotlistmatch.event.EnrichedRead;
import io.atalaya.hotlistmatch.event.PassageEvent;
import io.atalaya.hotlistmatch.event.Retraction;
import io.atalaya.hotlistmatch.event.TagAssignment;

import java.time.Duration;
import java.util.List;

/** Devices along a road, 10 km apart, and their reads of one plate. */
public final class Town {
    public static final String PLATE = "NKR4816";
    public static final long KEY = CanonicalPlate.pack(PLATE);

    /** 2026-03-03T12:00:00Z. */
    public static final long NOON = 1_772_539_200_000L;

    static final Duration TAG_WAIT = Duration.ofSeconds(5);

    private static final double TEN_KM_OF_LATITUDE = 0.0903;

    private Town() {}

    /** Devices A, B, C, D, from south to north. */
    public static List<Device> arches() {
        return List.of(arch("A", 0), arch("B", 1), arch("C", 2), arch("D", 3));
    }

    static CloneLogic logic(double maxSpeedKmh) {
        return new CloneLogic(maxSpeedKmh, TAG_WAIT.toMillis(), places());
    }

    static DeviceLocations places() {
        return (deviceId, arrival) ->
                arches().stream()
                        .filter(arch -> arch.deviceId().equals(deviceId))
                        .findAny()
                        .orElse(null);
    }

    private static Device arch(String deviceId, int index) {
        return TestRecords.arch(deviceId, "TOLUCA", 19.2 + index * TEN_KM_OF_LATITUDE);
    }

    /** A read of the plate, with seconds after noon; it arrives half a second later. */
    public static EnrichedRead seen(String device, String readId, int second) {
        return seen(device, readId, second, second, 0.95, null);
    }

    static EnrichedRead seen(
            String device,
            String readId,
            int second,
            double arrival,
            double confidence,
            Vehicle vehicle) {
        return new EnrichedRead(
                PassageEvent.key(device, readId),
                arrival(arrival),
                false,
                read(device, readId, second, PLATE, confidence, vehicle));
    }

    /** A tag assigned to the vehicle of a read, known at a second after noon. */
    public static TagAssignment assignment(
            EnrichedRead read, RfidRead tag, double known, int emitted) {
        return new TagAssignment(
                read.passageId(),
                read.arrivalTime(),
                arrival(known),
                false,
                tag,
                read.readId(),
                CanonicalPlate.pack(read.plateText()),
                emitted,
                RecordPosition.UNKNOWN);
    }

    /** The retraction of a tag assignment. */
    public static Retraction untagged(TagAssignment assignment, double since, int emitted) {
        return new Retraction(
                assignment.deviceId(),
                assignment.passageId(),
                assignment.readKey(),
                arrival(since),
                true,
                emitted,
                RecordPosition.UNKNOWN);
    }

    public static RfidRead tag(String device, String tagId, String registered, int second) {
        return new RfidRead(
                "T-" + tagId + "-" + second,
                device,
                null,
                NOON + 1_000L * second,
                tagId,
                registered,
                null);
    }

    private static long arrival(double second) {
        return NOON + (long) (1_000 * second) + 500;
    }

    public static Retraction retraction(String device, String readId, double arrival) {
        String key = PassageEvent.key(device, readId);
        return new Retraction(device, key, key, arrival(arrival), false, 0, RecordPosition.UNKNOWN);
    }

    static PlateRead read(
            String device,
            String readId,
            int second,
            String plate,
            double confidence,
            Vehicle vehicle) {
        return TestRecords.read(
                device,
                null,
                readId,
                NOON + 1_000L * second,
                plate,
                confidence,
                List.of(),
                "MX",
                vehicle,
                null,
                false);
    }
}
