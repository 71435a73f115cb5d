package io.atalaya.hotlistmatch.crosscheck.convoy;

import io.atalaya.contracts.plate.Compass;
import io.atalaya.contracts.topic.RecordPosition;
import io.atalaya.hotlistmatch.crosscheck.ActionThresholds;
import io.atalaya.hotlistmatch.event.ListedPassage;
import io.atalaya.hotlistmatch.event.ReadOrigin;
import io.atalaya.hotlistmatch.event.VehicleRead;

import java.time.Duration;
import java.util.List;

/** A listed vehicle's drive along a road, and the reads near it. Seconds count from noon. */
final class Drive {
    static final String ENTRY = "E-1";
    static final String LISTED = "NKR4816";
    static final String COMPANION = "PUF719L";

    /** 2026-03-03T12:00:00Z. */
    static final long NOON = 1_772_539_200_000L;

    static final Duration KEEP = Duration.ofHours(1);
    static final Duration TAG_WAIT = Duration.ofSeconds(5);
    static final ConvoySettings RULES =
            new ConvoySettings(
                    Duration.ofSeconds(50), 3, new ActionThresholds(0.5, 0.25), 70, KEEP, TAG_WAIT);

    private static final long LAG_MS = 400;

    private Drive() {}

    static long at(double second) {
        return NOON + Math.round(1_000 * second);
    }

    /** The listed vehicle passes; its read arrives 0.4 s later. */
    static ListedPassage passage(String device, double second) {
        return passage(device, second, 0.99);
    }

    static ListedPassage passage(String device, double second, double posterior) {
        return passage(ENTRY, device, second, posterior, false);
    }

    static ListedPassage passage(
            String entryId, String device, double second, double posterior, boolean covert) {
        String readId = "L-" + device + "-" + Math.round(second);
        return new ListedPassage(
                entryId,
                device + "/" + readId,
                true,
                false,
                0,
                LISTED,
                List.of(LISTED),
                device,
                readId,
                at(second),
                at(second) + LAG_MS,
                at(second) + LAG_MS,
                Compass.E,
                posterior,
                null,
                List.of(),
                covert,
                covert ? List.of("unit-1") : List.of(),
                new ReadOrigin(device, false, RecordPosition.UNKNOWN));
    }

    /** The passage, which is no match any more. */
    static ListedPassage inactive(ListedPassage passage) {
        return copy(passage, false, passage.readId(), passage.deviceTime(), passage.direction());
    }

    /** The passage by its tag, some ms later, before its plate read was known. */
    static ListedPassage byItsTag(ListedPassage passage, long later) {
        return copy(passage, true, "T-" + passage.readId(), passage.deviceTime() + later, null);
    }

    private static ListedPassage copy(
            ListedPassage passage, boolean active, String readId, long time, Compass direction) {
        return new ListedPassage(
                passage.entryId(),
                passage.passageId(),
                active,
                passage.isRetracted(),
                passage.vehicle(),
                passage.listed(),
                passage.ownPlates(),
                passage.deviceId(),
                readId,
                time,
                passage.arrivalTime(),
                passage.knownSince(),
                direction,
                passage.posterior(),
                passage.imageRef(),
                passage.tags(),
                passage.isCovert(),
                passage.notified(),
                passage.read());
    }

    /** A vehicle passes; its read arrives 0.4 s later. */
    static VehicleRead vehicleRead(String device, String plate, double second) {
        return vehicleRead(device, plate, second, second);
    }

    static VehicleRead vehicleRead(String device, String plate, double second, double arrival) {
        String readId = "C-" + plate + "-" + device + "-" + Math.round(second);
        return new VehicleRead(readId, readId, plate, at(second), at(arrival) + LAG_MS, Compass.E);
    }

    /** The retraction of a read at a later second. */
    static VehicleRead end(VehicleRead vehicleRead, double second) {
        return new VehicleRead(
                vehicleRead.readId(),
                vehicleRead.firstReadId(),
                null,
                vehicleRead.deviceTime(),
                at(second),
                null);
    }

    static NearbyRead companion(String device, String plate, double second) {
        return NearbyRead.of(
                vehicleRead(device, plate, second), NearbyRead.NOT_RETRACTED, List.of());
    }

    static ConvoyEvent.NeighbourhoodFound near(ListedPassage passage, NearbyRead... vehicleReads) {
        return new ConvoyEvent.NeighbourhoodFound(passage, 3, List.of(vehicleReads));
    }

    /**
     * Passages at devices A, B, C and so on, four minutes apart, with a companion at these gaps.
     */
    static ConvoyCase estimate(double... gaps) {
        ConvoyCase facts = ConvoyCase.EMPTY;
        for (int i = 0; i < gaps.length; i++) {
            facts = facts.with(near(neighbourhood(i), with(i, COMPANION, gaps[i])));
        }
        return facts;
    }

    static ListedPassage neighbourhood(int index) {
        return passage(name(index), 240.0 * index);
    }

    static NearbyRead with(int index, String plate, double gap) {
        return companion(name(index), plate, 240.0 * index + gap);
    }

    static String name(int index) {
        return String.valueOf((char) ('A' + index));
    }
}
