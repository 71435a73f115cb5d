package io.atalaya.dispatch.outreach;

import io.atalaya.contracts.device.Device;
import io.atalaya.contracts.dispatch.Delivery;
import io.atalaya.contracts.dispatch.DispatchResponse;
import io.atalaya.contracts.dispatch.Drone;
import io.atalaya.contracts.dispatch.DroneTask;
import io.atalaya.contracts.dispatch.Place;
import io.atalaya.contracts.dispatch.Wall;
import io.atalaya.contracts.topic.RecordAddress;
import io.atalaya.contracts.topic.Topics;
import io.atalaya.dispatch.TestPolicy;
import io.atalaya.dispatch.incident.ArrivalClock;
import io.atalaya.dispatch.incident.IncidentSummary;
import io.atalaya.dispatch.policy.PolicyUpdate;
import io.atalaya.flink.device.DeviceChange;
import io.atalaya.testutils.SerializerSample;

import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;

/** One value of each form that the outreach operator receives or keeps. */
public final class OutreachSamples {
    private static final long TIME = OutreachRun.NOON;
    private static final Place PLACE = OutreachRun.CENTRE;

    private OutreachSamples() {}

    public static List<SerializerSample<?>> all(DeviceChange change, PolicyUpdate update) {
        OutreachRun run = new OutreachRun(TestPolicy.withPolygons());
        IncidentSummary warning = run.warning("I", "seismic-warning", OutreachRun.stateWide(true));
        Drone drone =
                new Drone(
                        "D",
                        TIME,
                        Drone.Availability.AVAILABLE,
                        null,
                        null,
                        PLACE,
                        null,
                        60.0,
                        71.0);
        return List.of(
                SerializerSample.of(
                        IncidentSummary.class, warning, run.vehicle("V", 70, PLACE, 90.0)),
                SerializerSample.of(
                        PlacedDevice.class,
                        new PlacedDevice("S", Device.Kind.SPEAKER, "TOLUCA", "Toluca", PLACE)),
                SerializerSample.of(
                        DroneTasks.Reported.class, new DroneTasks.Reported(drone, TIME)),
                SerializerSample.of(
                        DroneTasks.Tasks.class,
                        new DroneTasks.Tasks(task(), Set.of("E", "F"), false)),
                SerializerSample.of(
                        Announcer.Announced.class,
                        new Announcer.Announced(
                                "I",
                                "quiet-hours",
                                new Announcer.Content("t", 60, true, "texto", "clip", TIME),
                                Map.of("S", "I", "T", "J"))),
                SerializerSample.of(
                        Wall.class,
                        new Wall(
                                "TOLUCA",
                                TIME,
                                6,
                                List.of(new Wall.Panel(2, "CAM-1", "I", 120, true)))),
                SerializerSample.of(
                        ArrivalClock.State.class, new ArrivalClock.State(TIME, TIME + 1)),
                new SerializerSample<>(
                        OutreachInput.class,
                        Stream.of(
                                        new OutreachInput.Revised(warning),
                                        new OutreachInput.Registered(change),
                                        new OutreachInput.Reported(drone),
                                        new OutreachInput.Answered(response()),
                                        new OutreachInput.Received(receipt()),
                                        new OutreachInput.Governed(update))
                                .map(
                                        content ->
                                                new OutreachInput(
                                                        TIME,
                                                        new RecordAddress(Topics.DRONES, 0, 1),
                                                        content))
                                .toList()));
    }

    private static DroneTask task() {
        return new DroneTask(
                "T",
                "I",
                TIME,
                "D",
                DroneTask.Status.PROPOSED,
                "crash",
                75,
                "TOLUCA",
                PLACE,
                120.5,
                8,
                60,
                TIME + 1,
                null,
                null);
    }

    private static DispatchResponse response() {
        return new DispatchResponse(
                "R",
                "I",
                TIME,
                "perez",
                null,
                null,
                "TOLUCA",
                TIME,
                new DispatchResponse.AcceptDrone("T"));
    }

    private static Delivery receipt() {
        return new Delivery(
                "L", "speakers", "I", "S", TIME, null, Delivery.Result.EXPIRED, null, TIME);
    }
}
