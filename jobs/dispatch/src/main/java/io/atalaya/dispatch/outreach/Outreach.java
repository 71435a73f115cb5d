package io.atalaya.dispatch.outreach;

import io.atalaya.contracts.device.Device;
import io.atalaya.contracts.dispatch.Decision;
import io.atalaya.contracts.dispatch.Decision.Detail;
import io.atalaya.contracts.dispatch.DispatchResponse;
import io.atalaya.contracts.dispatch.Drone;
import io.atalaya.contracts.dispatch.Incident;
import io.atalaya.contracts.dispatch.Place;
import io.atalaya.contracts.dispatch.Wall;
import io.atalaya.contracts.text.Text.Translation;
import io.atalaya.contracts.topic.HashId;
import io.atalaya.dispatch.incident.IncidentSummary;
import io.atalaya.dispatch.policy.Policy;
import io.atalaya.dispatch.policy.PolicyUpdate;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * What follows from incidents outside of the dispatch systems: announcements of loudspeakers, walls
 * and proposed drones. All times are arrival times, epoch ms. Nothing goes back to the incidents.
 */
final class Outreach {
    private static final Map<String, Translation> TEXTS =
            Map.of(
                    Announcer.QUIET_HOURS,
                    new Translation(
                            "horas de silencio: se anuncia después",
                            "quiet hours: it is announced afterwards"),
                    Announcer.EXPIRED,
                    new Translation(
                            "venció antes de anunciarse", "expired before its announcement"),
                    DroneTasks.NOT_PROPOSED,
                    new Translation(
                            "la propuesta ya no está abierta",
                            "the proposal is not open any more"));

    /** Key of the only number. */
    private static final String REVISION = "revision";

    /** Key of the policy that was requested last. */
    static final String REQUESTED = "requested";

    final HeldMap<IncidentSummary> incidents = new HeldMap<>();
    final HeldMap<PlacedDevice> devices = new HeldMap<>();
    final HeldMap<DroneTasks.Reported> drones = new HeldMap<>();
    final HeldMap<Announcer.Announced> announced = new HeldMap<>();
    final HeldMap<Wall> walls = new HeldMap<>();
    final HeldMap<DroneTasks.Tasks> tasks = new HeldMap<>();
    final HeldMap<Long> numbers = new HeldMap<>();
    final HeldMap<PolicyUpdate> policies = new HeldMap<>();
    private final OutreachOutput output;
    private final Announcer announcer = new Announcer(this, announced);
    private final Walls wallLayouts = new Walls(this, walls);
    private final DroneTasks droneTasks = new DroneTasks(this, drones, tasks);

    /** Loudspeakers, also those whose place is not known. */
    private final Map<String, PlacedDevice> speakers = new TreeMap<>();

    private DeviceGrid speakerGrid = new DeviceGrid();
    private DeviceGrid cameraGrid = new DeviceGrid();
    private Policy policy;
    private long now;
    private long present;

    /** Higher than every revision that may have been sent and is not known. */
    private long firstRevision;

    Outreach(OutreachOutput output) {
        this.output = output;
    }

    /**
     * To be called before all else, after values were restored, and after they were undone.
     *
     * @param inForce the policy
     */
    void restored(Policy inForce) {
        policy = inForce;
        announcer.rules();
        speakers.clear();
        speakerGrid = new DeviceGrid();
        cameraGrid = new DeviceGrid();
        devices.values().forEach(this::index);
        wallLayouts.reset();
    }

    /** After a failure: no message that is not known any more has a revision above this time. */
    void continueAt(long wallClock) {
        firstRevision = wallClock;
    }

    List<HeldMap<?>> held() {
        return List.of(incidents, devices, drones, announced, walls, tasks, numbers, policies);
    }

    /** Runs a part of the work; what fails is done again later, without the other parts. */
    @FunctionalInterface
    interface Parts {
        /**
         * @param part its name
         * @return whether it was done
         */
        boolean run(String part, Runnable work) throws Exception;
    }

    /** Takes a revision of an incident. */
    void incident(IncidentSummary revised) {
        advance(revised.revision());
        String incidentId = revised.incidentId();
        boolean isLeftOut =
                revised.isOver()
                        || revised.isCovert()
                        || revised.kind() == Incident.Kind.DIGEST
                        || revised.kind() == Incident.Kind.DEVICE_FAULT;
        incidents.put(incidentId, isLeftOut ? null : revised);
        if (incident(revised.replacedBy()) != null) {
            announcer.handOver(incidentId, revised.replacedBy());
            droneTasks.handOver(incidentId, incident(revised.replacedBy()));
        }
        announcer.incident(incidentId, revised);
        wallLayouts.incident(incidentId);
        droneTasks.incident(incidentId);
    }

    /** Forgets an incident of which a revision failed; the next ticks end what follows from it. */
    void forget(String incidentId) {
        incidents.put(incidentId, null);
        wallLayouts.incident(incidentId);
    }

    /**
     * Takes the registration of a device.
     *
     * @param device null if it was removed
     */
    void device(String deviceId, Device device, long arrival) {
        advance(arrival);
        PlacedDevice before = devices.get(deviceId);
        PlacedDevice next = PlacedDevice.of(device);
        if (next == null ? before == null : next.equals(before)) {
            return;
        }
        devices.put(deviceId, next);
        unindex(before);
        index(next);
        if (isOf(before, Device.Kind.SPEAKER) || isOf(next, Device.Kind.SPEAKER)) {
            announcer.device(deviceId);
        }
        if (isOf(before, Device.Kind.CAMERA) || isOf(next, Device.Kind.CAMERA)) {
            wallLayouts.reset();
        }
    }

    private static boolean isOf(PlacedDevice device, Device.Kind kind) {
        return device != null && device.kind() == kind;
    }

    private void index(PlacedDevice device) {
        if (isOf(device, Device.Kind.SPEAKER)) {
            speakers.put(device.deviceId(), device);
            speakerGrid.add(device);
        } else if (isOf(device, Device.Kind.CAMERA)) {
            cameraGrid.add(device);
        }
    }

    private void unindex(PlacedDevice device) {
        if (isOf(device, Device.Kind.SPEAKER)) {
            speakers.remove(device.deviceId());
            speakerGrid.remove(device);
        } else if (isOf(device, Device.Kind.CAMERA)) {
            cameraGrid.remove(device);
        }
    }

    /** Takes the state of a drone. */
    void drone(Drone drone, long arrival) {
        advance(arrival);
        droneTasks.drone(drone, arrival);
    }

    /** Takes a person's answer to a proposed drone. */
    void answer(DispatchResponse response, long arrival) {
        advance(arrival);
        droneTasks.answer(response, arrival);
    }

    /** Puts another policy in force; with the next ticks it also holds for what is open. */
    void policy(PolicyUpdate update, long arrival) {
        policies.put(REQUESTED, update);
        policy(update.read(), arrival);
    }

    void policy(Policy other, long arrival) {
        advance(arrival);
        policy = other;
        announcer.rules();
        wallLayouts.reset();
    }

    /**
     * Announces what waited, shows what has changed, and ends and proposes tasks of drones.
     *
     * @param isCatchingUp whether people's answers may not have been read yet
     */
    void tick(long time, boolean isCatchingUp, Parts parts) throws Exception {
        advance(time);
        announcer.tick(parts);
        wallLayouts.tick(parts);
        droneTasks.tick(isCatchingUp, parts);
    }

    private void advance(long time) {
        now = Math.max(now, time);
    }

    /**
     * Takes the time at which an input is processed, which is long after its arrival if the job was
     * down; nothing that has expired by then is announced.
     */
    void present(long time) {
        present = time;
    }

    long now() {
        return now;
    }

    /** Whether a time has passed, also if the job is behind. */
    boolean isOver(long time) {
        return time <= present();
    }

    /** The time at which people receive what is sent. */
    long present() {
        return Math.max(now, present);
    }

    Policy policy() {
        return policy;
    }

    OutreachOutput output() {
        return output;
    }

    /** Of what is open and may be seen, or null. */
    IncidentSummary incident(String incidentId) {
        return incidentId == null ? null : incidents.get(incidentId);
    }

    /** What is open and may be seen. */
    List<IncidentSummary> incidents() {
        return List.copyOf(incidents.values());
    }

    PlacedDevice device(String deviceId) {
        return devices.get(deviceId);
    }

    Collection<PlacedDevice> speakers() {
        return new ArrayList<>(speakers.values());
    }

    Collection<PlacedDevice> speakersNear(Place place, double metres) {
        return speakerGrid.near(place, metres);
    }

    Collection<PlacedDevice> camerasNear(Place place, double metres) {
        return cameraGrid.near(place, metres);
    }

    /** The next revision of any message: the time, unless the last one has it. */
    long revision() {
        Long last = numbers.get(REVISION);
        long next = Math.max(Math.max(now, firstRevision), last == null ? 0 : last + 1);
        numbers.put(REVISION, next);
        return next;
    }

    /**
     * Says why nothing is sent.
     *
     * @param eventId a response, or null
     * @param details names and values in turn
     */
    void decide(
            String incidentId,
            String eventId,
            Decision.Kind kind,
            String reason,
            String... details) {
        List<Detail> values = new ArrayList<>();
        for (int i = 0; i < details.length; i += 2) {
            values.add(new Detail(details[i], details[i + 1]));
        }
        output.decision(
                new Decision(
                        HashId.of(
                                "outreach",
                                kind.name(),
                                reason,
                                incidentId,
                                String.valueOf(eventId),
                                String.valueOf(now)),
                        now,
                        incidentId,
                        eventId,
                        null,
                        kind,
                        reason,
                        TEXTS.get(reason),
                        policy.version(),
                        values));
    }
}
