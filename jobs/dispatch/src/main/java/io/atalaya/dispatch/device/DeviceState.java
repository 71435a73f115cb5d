package io.atalaya.dispatch.device;

import io.atalaya.contracts.dispatch.DeviceEvent;
import io.atalaya.contracts.dispatch.DeviceEvent.Premises;
import io.atalaya.contracts.dispatch.Place;
import io.atalaya.dispatch.evidence.SuppressionReason;

import java.util.List;

/**
 * What is known of one device. Only events of the last hour or so are kept one by one, because late
 * ones can still come before them; a device that only sends heartbeats has a few numbers.
 *
 * @param arrivalTime of its last message, epoch ms
 * @param heartbeatTime arrival of its last sign of life; 0 if it never sent a heartbeat
 * @param silentSince the {@code heartbeatTime} after which it became silent; 0 if it is not
 * @param stuckUntil arrival time until which the button stays stuck without another press; 0 if it
 *     is not stuck
 * @param revision of its newest evidence
 * @param premises the last known, or null
 * @param seen ids of its last events
 * @param past what events are folded into that no late one can come before
 * @param recent the other events, in order of (time, id)
 * @param sent the newest versions of evidence that can still change
 * @param decided suppressions among the recent events
 */
public record DeviceState(
        long arrivalTime,
        long heartbeatTime,
        long silentSince,
        long stuckUntil,
        long revision,
        Premises premises,
        List<String> seen,
        Past past,
        List<Entry> recent,
        List<Group> sent,
        List<Decided> decided) {
    static final DeviceState NEW =
            new DeviceState(
                    0,
                    0,
                    0,
                    0,
                    0,
                    null,
                    List.of(),
                    new Past(0, 0, 0, List.of(), List.of(), null),
                    List.of(),
                    List.of(),
                    List.of());

    public DeviceState {
        seen = List.copyOf(seen);
        recent = List.copyOf(recent);
        sent = List.copyOf(sent);
        decided = List.copyOf(decided);
    }

    /**
     * An event of the device.
     *
     * @param time the device's, or the arrival time where its clock is wrong
     */
    public record Entry(
            String eventId,
            DeviceEvent.Kind kind,
            long time,
            Boolean codeAccepted,
            Place place,
            Premises premises,
            boolean isOpenHours,
            String zoneId,
            String detail) {}

    /**
     * Events that are one evidence, named after the first of them.
     *
     * @param isStuck the fault that the button is stuck, instead of the press that showed it
     * @param lastTime of its last event
     * @param isOver it was cancelled, or the fault is over
     */
    public record Group(Entry first, boolean isStuck, long lastTime, int count, boolean isOver) {
        String id() {
            return isStuck ? first.eventId() + "/stuck" : first.eventId();
        }

        Group joined(long time) {
            return new Group(first, isStuck, time, count + 1, isOver);
        }

        Group lasting(long time) {
            return new Group(first, isStuck, time, count, isOver);
        }

        Group over() {
            return new Group(first, isStuck, lastTime, count, true);
        }

        /** Whether both say the same to others. */
        boolean isSameAs(Group other) {
            return other != null && count == other.count && isOver == other.isOver;
        }
    }

    /**
     * The result of the events before a time.
     *
     * @param until later events count as of this time
     * @param testUntil end of the last test mode
     * @param weeklyTest start of the last weekly test that the device took part in
     * @param open groups that can still change
     * @param presses times of presses that may yet make the button stuck
     * @param stuck or null
     */
    public record Past(
            long until,
            long testUntil,
            long weeklyTest,
            List<Group> open,
            List<Long> presses,
            Group stuck) {
        public Past {
            open = List.copyOf(open);
            presses = List.copyOf(presses);
        }
    }

    /** A suppression that was reported. */
    public record Decided(String eventId, SuppressionReason reason) {}
}
