package io.atalaya.dispatch.incident;

import io.atalaya.contracts.dispatch.Decision;
import io.atalaya.contracts.dispatch.DeviceEvent.Premises;
import io.atalaya.contracts.dispatch.DispatchMessage;
import io.atalaya.contracts.dispatch.DispatchResponse;
import io.atalaya.contracts.dispatch.Incident;
import io.atalaya.contracts.dispatch.Place;
import io.atalaya.contracts.dispatch.SitePresence;
import io.atalaya.contracts.disposition.Disposition;
import io.atalaya.dispatch.evidence.Evidence;
import io.atalaya.dispatch.fusion.IncidentEvent;
import io.atalaya.dispatch.fusion.IncidentEvent.Subject;
import io.atalaya.dispatch.policy.Policy;
import io.atalaya.dispatch.policy.PolicyReader;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Predicate;

/** Runs an engine with the shipped policy, and keeps all that it sends and stores. */
final class EngineRun implements IncidentOutput, IncidentStore {
    /** A Monday at 12:00 in Mexico City. */
    static final long START = 1_767_636_000_000L;

    static final long SECOND = 1_000;
    static final long MINUTE = 60 * SECOND;
    static final String TOLUCA = "TOLUCA";
    static final String ECATEPEC = "ECATEPEC";

    private static final double METRES = 1 / 110_574.0;

    final List<Incident> published = new ArrayList<>();
    final Map<String, Incident> incidents = new TreeMap<>();
    final List<Sent> sent = new ArrayList<>();
    final List<Decision> decisions = new ArrayList<>();
    final List<Disposition> dispositions = new ArrayList<>();
    final Map<Section, Map<String, byte[]>> stored = new EnumMap<>(Section.class);
    private final Map<Section, Map<String, Object>> live = new EnumMap<>(Section.class);
    private final Policy policy;
    private int responses;
    IncidentEngine engine;
    long now = START;

    /** Whether each tick looks at every incident. */
    boolean looksAtAll;

    /** A message to a site. */
    record Sent(String site, DispatchMessage message) {
        DispatchMessage.Purpose purpose() {
            return message.purpose();
        }
    }

    EngineRun() {
        this(shipped());
    }

    EngineRun(Policy policy) {
        this.policy = policy;
        engine = new IncidentEngine(policy, this, this);
    }

    static Policy shipped() {
        try {
            return PolicyReader.read(Path.of("../../policy"));
        } catch (Exception e) {
            throw new IllegalStateException(e);
        }
    }

    @Override
    public void incident(Incident incident) {
        Incident before = incidents.put(incident.incidentId(), incident);
        if (before != null && before.revision() >= incident.revision()) {
            throw new AssertionError("revision of " + incident.incidentId() + " does not rise");
        }
        published.add(incident);
    }

    @Override
    public void message(String site, DispatchMessage message) {
        sent.add(new Sent(site, message));
    }

    @Override
    public void decision(Decision decision) {
        decisions.add(decision);
    }

    @Override
    public void disposition(Disposition disposition) {
        dispositions.add(disposition);
    }

    @Override
    public void put(Section section, String key, Object value) {
        live.computeIfAbsent(section, any -> new TreeMap<>()).put(key, value);
    }

    @Override
    public void remove(Section section, String key) {
        live.computeIfAbsent(section, any -> new TreeMap<>()).remove(key);
    }

    /** Takes a checkpoint, and goes on from it as after a failure. */
    void restart() {
        stored.clear();
        live.forEach(
                (section, values) ->
                        values.forEach(
                                (key, value) ->
                                        stored.computeIfAbsent(section, any -> new TreeMap<>())
                                                .put(key, section.write(value))));
        live.clear();
        engine = new IncidentEngine(policy, this, this);
        stored.forEach(
                (section, values) ->
                        values.forEach(
                                (key, value) -> {
                                    Object read = section.read(value);
                                    put(section, key, read);
                                    engine.restore(section, key, read);
                                }));
        engine.restored();
    }

    /** Lets time pass, with a tick each second and heartbeats of both sites. */
    void pass(long millis) {
        pass(millis, Set.of(TOLUCA, ECATEPEC));
    }

    void pass(long millis, Set<String> alive) {
        for (long end = now + millis; now < end; ) {
            now += SECOND;
            if (now / SECOND % 5 == 0) {
                alive.forEach(this::heartbeat);
            }
            if (looksAtAll) {
                engine.lookAtAll();
            }
            engine.tick(now);
        }
    }

    void heartbeat(String site) {
        heartbeat(
                site,
                List.of(
                        new SitePresence.Position("security", "op-1", false),
                        new SitePresence.Position("chief", "op-9", true)));
    }

    void heartbeat(String site, List<SitePresence.Position> onDuty) {
        engine.presence(new SitePresence(site, onDuty, now), now);
    }

    void add(Evidence... all) {
        for (Evidence each : all) {
            engine.evidence(each, now);
        }
    }

    void respond(Incident incident, String site, DispatchResponse.Action action) {
        respond(incident, site, "op-" + site, action);
    }

    void respond(Incident incident, String site, String operator, DispatchResponse.Action action) {
        engine.response(
                new DispatchResponse(
                        "r" + responses++,
                        incident.incidentId(),
                        incident.revision(),
                        operator,
                        "security",
                        null,
                        site,
                        now,
                        action),
                now);
    }

    /** The only incident that was published. */
    Incident only() {
        if (incidents.size() != 1) {
            throw new AssertionError("not one incident: " + incidents.values());
        }
        return incidents.values().iterator().next();
    }

    Incident of(String eventId) {
        return incidents.values().stream()
                .filter(
                        incident ->
                                incident.events().stream()
                                        .anyMatch(event -> event.eventId().equals(eventId)))
                .findFirst()
                .orElseThrow();
    }

    List<DispatchMessage.Purpose> purposes(String site) {
        return sent.stream().filter(each -> each.site().equals(site)).map(Sent::purpose).toList();
    }

    /** What a site received of an incident since a number of messages. */
    List<DispatchMessage.Purpose> purposes(String site, int since) {
        return sent.subList(since, sent.size()).stream()
                .filter(each -> each.site().equals(site))
                .map(Sent::purpose)
                .toList();
    }

    /** The sites that were sent an incident, and from which it was not withdrawn since. */
    Set<String> holders(Incident incident) {
        Set<String> holders = new TreeSet<>();
        for (Sent each : sent) {
            if (each.message().incident().incidentId().equals(incident.incidentId())) {
                if (each.purpose() == DispatchMessage.Purpose.WITHDRAWN) {
                    holders.remove(each.site());
                } else {
                    holders.add(each.site());
                }
            }
        }
        return holders;
    }

    List<String> reasons(Decision.Kind kind) {
        return decisions.stream()
                .filter(decision -> decision.kind() == kind)
                .map(Decision::reason)
                .toList();
    }

    long count(Predicate<Sent> wanted) {
        return sent.stream().filter(wanted).count();
    }

    /** A press {@code x} metres east of a point in Toluca. */
    Evidence press(String id, int x) {
        return device(id, "PRESS", "panic-button", x, 1, 1, false, false);
    }

    Evidence presses(String id, int x, int count) {
        return device(id, "PRESS", "panic-button", x, count, count, false, false);
    }

    Evidence cancelledPress(String id, int x) {
        return device(id, "PRESS", "panic-button", x, 1, 2, true, false);
    }

    /** A press of a device that may have sent others, or its withdrawal. */
    Evidence pressOf(String deviceId, String id, int x, boolean isCancelled) {
        Evidence press =
                device(id, "PRESS", "panic-button", x, 1, isCancelled ? 2 : 1, isCancelled, false);
        return from(press, new Evidence.Origin(deviceId, TOLUCA, "Toluca", Premises.SHOP, false));
    }

    private static Evidence from(Evidence press, Evidence.Origin origin) {
        return new Evidence(
                press.event(),
                press.revision(),
                press.topic(),
                press.type(),
                null,
                null,
                origin,
                press.weight(),
                0,
                null,
                List.of());
    }

    /** A press in a school. */
    Evidence pressInSchool(String id, int x, boolean isOpenHours) {
        return from(
                press(id, x),
                new Evidence.Origin(id, TOLUCA, "Toluca", Premises.SCHOOL, isOpenHours));
    }

    Evidence faultOf(String deviceId, String id) {
        return new Evidence(
                event(id, "equipment-fault", Subject.DEVICE, 0, Set.of(), false, null),
                1,
                "device-events",
                "FAULT",
                null,
                null,
                new Evidence.Origin(deviceId, TOLUCA, "Toluca", Premises.SHOP, false),
                new Evidence.Weight(1, 0, false, 1, false),
                0,
                null,
                List.of());
    }

    Evidence duress(String id, int x) {
        return device(id, "DURESS", "duress", x, 1, 1, false, true);
    }

    private Evidence device(
            String id,
            String type,
            String kind,
            int x,
            int count,
            long revision,
            boolean isCancelled,
            boolean isDuress) {
        return new Evidence(
                event(id, kind, Subject.PLACE, x, Set.of("device:" + id), isCancelled, null),
                revision,
                "device-events",
                type,
                null,
                null,
                new Evidence.Origin(id, TOLUCA, "Toluca", Premises.SHOP, false),
                new Evidence.Weight(1, 0, isDuress, count, false),
                0,
                null,
                List.of());
    }

    Evidence call(String id, String kind, int x) {
        return call(id, kind, x, TOLUCA, "Toluca");
    }

    /** A call from a place that no site is responsible for. */
    Evidence callFromNowhere(String id, String kind, int x) {
        return call(id, kind, x, null, null);
    }

    Evidence call(String id, String kind, int x, String site, String municipality) {
        return new Evidence(
                event(id, kind, Subject.PLACE, x, Set.of(), false, null),
                1,
                "calls",
                "911",
                null,
                null,
                new Evidence.Origin(null, site, municipality, null, false),
                new Evidence.Weight(1, 0, false, 1, false),
                0,
                null,
                List.of());
    }

    /** An alert of a camera that need not interrupt a person. */
    Evidence review(String id, int x) {
        return new Evidence(
                event(id, "suspicious", Subject.PLACE, x, Set.of(), false, null),
                1,
                "alerts",
                "loitering",
                new Evidence.AlertReference(id, null, null, null),
                null,
                new Evidence.Origin("cam-" + x, TOLUCA, "Toluca", null, false),
                new Evidence.Weight(0.9, 0, false, 1, true),
                0,
                null,
                List.of());
    }

    /** A warning to the whole state. */
    Evidence warning(String id, String kind) {
        return new Evidence(
                new IncidentEvent(
                        id, kind, Subject.WARNING, now, null, Set.of(), false, false, null),
                1,
                "public-warnings",
                "any",
                null,
                null,
                new Evidence.Origin(null, null, null, null, false),
                new Evidence.Weight(1, 0, false, 1, false),
                now + 60 * MINUTE,
                null,
                List.of());
    }

    Evidence alert(String id, String kind, Subject subject, int x, String plate) {
        return alert(id, kind, subject, x, plate, 1, false, null);
    }

    Evidence alert(
            String id,
            String kind,
            Subject subject,
            int x,
            String plate,
            long revision,
            boolean isCancelled,
            String audience) {
        return new Evidence(
                event(
                        id,
                        kind,
                        subject,
                        x,
                        plate == null ? Set.of() : Set.of("plate:" + plate),
                        isCancelled,
                        audience),
                revision,
                "alerts",
                "hotlist-match",
                new Evidence.AlertReference(id, null, null, plate),
                null,
                new Evidence.Origin("arch-" + x, TOLUCA, "Toluca", null, false),
                new Evidence.Weight(0.95, 0, false, 1, false),
                0,
                null,
                audience == null ? List.of() : List.of(audience));
    }

    private IncidentEvent event(
            String id,
            String kind,
            Subject subject,
            int x,
            Set<String> keys,
            boolean isCancelled,
            String audience) {
        return new IncidentEvent(
                id,
                kind,
                subject,
                now,
                new Place(19.29, -99.65 + x * METRES, 20),
                keys,
                false,
                isCancelled,
                audience);
    }
}
