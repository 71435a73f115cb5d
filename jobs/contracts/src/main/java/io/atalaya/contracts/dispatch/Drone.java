package io.atalaya.contracts.dispatch;

import io.atalaya.contracts.json.EpochMillis;
import io.atalaya.contracts.json.Field;
import io.atalaya.contracts.json.RecordCodec;

/**
 * One message of topic {@code drones}: the state of a drone.
 *
 * @param place position with its uncertainty, or null
 * @param noPlace why there is no place although the drone sent one, or null
 * @param altitudeMetres above ground, or null
 * @param batteryPercent 0 to 100, or null
 * @param missionState or null
 * @param missionId the mission that the state is about, or null
 */
public record Drone(
        String droneId,
        @EpochMillis long time,
        Availability availability,
        MissionState missionState,
        String missionId,
        Place place,
        Place.Unknown noPlace,
        Double altitudeMetres,
        Double batteryPercent) {
    public static final RecordCodec<Drone> CODEC = new RecordCodec<>(Drone.class, 16 * 1024);

    public Drone {
        Limits.id("droneId", droneId);
        Field.time("time", time);
        Field.required("availability", availability);
        Limits.idOrNull("missionId", missionId);
        noPlace = Place.whyNone(place, noPlace);
        place = noPlace == null ? place : null;
        altitudeMetres = Field.numberOrNull("altitudeMetres", altitudeMetres, -1000, 10_000);
        batteryPercent = Field.numberOrNull("batteryPercent", batteryPercent, 0, 100);
    }

    /** Whether the drone can be given a task. */
    public enum Availability {
        AVAILABLE,
        /** It flies and can be given another task. */
        DIVERTIBLE,
        BUSY,
        CHARGING,
        OUT_OF_SERVICE
    }

    /** The state of the mission, in the terms of MAVLink's MISSION_STATE. */
    public enum MissionState {
        NO_MISSION,
        NOT_STARTED,
        ACTIVE,
        PAUSED,
        COMPLETE
    }
}
