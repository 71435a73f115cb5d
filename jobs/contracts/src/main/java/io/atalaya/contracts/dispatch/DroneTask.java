package io.atalaya.contracts.dispatch;

import io.atalaya.contracts.json.EpochMillis;
import io.atalaya.contracts.json.Field;
import io.atalaya.contracts.json.RecordCodec;

/**
 * One message of topic {@code drone-tasks}: that a drone could fly to an incident, and what became
 * of that. A consumer keeps the highest revision of an {@code incidentId}.
 *
 * @param taskId of one drone for one incident; {@link DispatchResponse.DroneAction} names it
 * @param revision a time, epoch ms; above the incident's previous one
 * @param type of the incident, such as {@code kidnapping}
 * @param site that handles the incident, or null
 * @param place to fly to
 * @param distanceMetres from the drone to the place, when it was proposed
 * @param flightSeconds for that distance
 * @param batteryPercent that is left when the drone is back
 * @param expiresAt when a proposal ends that no one answers, epoch ms
 * @param operator person who accepted or declined it, or null
 * @param reason for which it ended, or null
 */
public record DroneTask(
        String taskId,
        String incidentId,
        @EpochMillis long revision,
        String droneId,
        Status status,
        String type,
        int priority,
        String site,
        Place place,
        double distanceMetres,
        int flightSeconds,
        int batteryPercent,
        @EpochMillis long expiresAt,
        String operator,
        String reason) {
    public static final RecordCodec<DroneTask> CODEC =
            new RecordCodec<>(DroneTask.class, 16 * 1024);

    public DroneTask {
        Limits.id("taskId", taskId);
        Limits.id("incidentId", incidentId);
        Field.time("revision", revision);
        Limits.id("droneId", droneId);
        Field.required("status", status);
        Field.visible("type", type, Limits.MAX_CODE);
        Field.integer("priority", priority, 0, 100);
        Field.visibleOrNull("site", site, Limits.MAX_NAME);
        Place.usableOrNull("place", Field.required("place", place));
        distanceMetres = Field.number("distanceMetres", distanceMetres, 0, 1_000_000);
        Field.integer("flightSeconds", flightSeconds, 0, 1_000_000);
        Field.integer("batteryPercent", batteryPercent, 0, 100);
        Field.time("expiresAt", expiresAt);
        Field.visibleOrNull("operator", operator, Limits.MAX_NAME);
        Field.visibleOrNull("reason", reason, Limits.MAX_CODE);
    }

    /** Whether the drone is kept for the task. */
    public boolean isOpen() {
        return status == Status.PROPOSED || status == Status.ACCEPTED;
    }

    /** How far the task is. */
    public enum Status {
        /** A person accepts or declines it. */
        PROPOSED,
        /** The drone flies. */
        ACCEPTED,
        DECLINED,
        /** No one answered in time. */
        EXPIRED,
        /** It was taken back before anyone accepted it. */
        WITHDRAWN,
        /** It was accepted and is over. */
        ENDED
    }
}
