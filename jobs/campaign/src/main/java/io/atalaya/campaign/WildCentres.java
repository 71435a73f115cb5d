package io.atalaya.campaign;

import io.atalaya.contracts.device.Device;
import io.atalaya.contracts.dispatch.Delivery;
import io.atalaya.contracts.dispatch.DispatchResponse;
import io.atalaya.contracts.dispatch.DispatchResponse.Action;
import io.atalaya.contracts.dispatch.Drone;
import io.atalaya.contracts.dispatch.DroneTask;
import io.atalaya.contracts.dispatch.Incident;
import io.atalaya.contracts.dispatch.Mute;
import io.atalaya.contracts.dispatch.Place;
import io.atalaya.contracts.dispatch.PolicyRequest;
import io.atalaya.contracts.dispatch.SitePresence;
import io.atalaya.contracts.disposition.Disposition;
import io.atalaya.contracts.json.Field;
import io.atalaya.contracts.topic.TopicRecord;
import io.atalaya.contracts.topic.Topics;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Supplier;
import java.util.stream.Stream;

/**
 * Command centres that answer incidents with anything: unknown and stale ones, merges of any with
 * any, sites that do not exist, mutes, policies and people that come and go.
 */
final class WildCentres {
    private static final int MAX_TEXT = 64;
    private static final String[] SITES = {"TOLUCA", "ECATEPEC", "NOWHERE"};
    private static final String[] POSITIONS = {"security", "medical", "vehicles", "chief", null};
    private static final String[] TYPES = {
        "panic-button", "crowd", "security", "stolen-vehicle", "crash", "traffic", "muted"
    };

    /** Parts of the shipped policy, with what may be there instead. */
    private static final String[][] POLICY_CHANGES = {
        {"fusion", "metres: 60", "metres: 600"},
        {"fusion", "reopenWithin: 30 min", "reopenWithin: 1 min"},
        {"fusion", "maxRadiusMetres: 500", "maxRadiusMetres: 5000"},
        {"fusion", "clearMargin: 0.05", "clearMargin: 0.5"},
        {"storms", "interruptions: 10", "interruptions: 1"},
        {"storms", "longestMute: 8 h", "longestMute: 10 min"},
        {"storms", "digestCellMetres: 2000", "digestCellMetres: 200"},
        {"routing", "downAfter: 15 s", "downAfter: 60 s"},
        {"routing", "backAfter: 5 min", "backAfter: 10 s"},
        {"routing", "priority >= 90", "priority >= 10"},
        {"announcements", "whenAccepted: true", "whenAccepted: false"},
        {"announcements", "radiusMetres: 300", "radiusMetres: 3000"},
        {"videowall", "panelsPerIncident: 4", "panelsPerIncident: 1"},
        {"videowall", "TOLUCA: 6", "TOLUCA: 2"},
        {"drones", "answerWithin: 2 min", "answerWithin: 10 s"},
        {"drones", "maxMetres: 8000", "maxMetres: 50000"},
        {"exchange", "fromPriority: 0", "fromPriority: 70"},
        {"exchange", "PLATE, PLACE, ROUTE, HEADLINE", "PLACE"},
        {"exchange", "maxAge: 24 h", "maxAge: 1 h"},
        {"exchange", "trust:", "unknown:"},
        {"routing", "version", "version: ["}
    };

    private final Random random;
    private final IncidentLedger ledger;
    private final Map<String, String> policy;
    private final List<String> events = new ArrayList<>();
    private final Set<String> devices = new TreeSet<>();
    private int serial;

    WildCentres(Random random, IncidentLedger ledger) {
        this.random = random;
        this.ledger = ledger;
        policy = Neighbours.policy();
    }

    /** What comes back for a revision of an incident, often nothing. */
    List<TopicRecord> answer(Incident incident, long now) {
        incident.events().stream()
                .limit(1)
                .filter(event -> events.size() < 1_000)
                .forEach(event -> events.add(event.eventId()));
        int kind = random.nextInt(100);
        if (kind < 35) {
            return List.of(response(incident, now));
        } else if (kind < 40) {
            return List.of(delivery(incident, now));
        } else if (kind < 43) {
            return List.of(mute(incident, now));
        } else if (kind < 46) {
            return List.of(presence(now));
        } else if (kind == 46) {
            return List.of(policy(now));
        } else if (kind < 60 && incident.place() != null) {
            return List.of(
                    kind < 55 ? drone(incident.place(), now) : device(incident.place(), now));
        }
        return List.of();
    }

    /** What comes back for a task of a drone. */
    List<TopicRecord> answer(DroneTask task, long now) {
        String taskId = random.nextInt(8) == 0 ? "unknown" : task.taskId();
        return random.nextInt(3) == 0
                ? List.of()
                : List.of(
                        record(
                                new DispatchResponse(
                                        "drone-" + serial++,
                                        task.incidentId(),
                                        task.revision(),
                                        "op-" + random.nextInt(4),
                                        null,
                                        null,
                                        SITES[0],
                                        now,
                                        random.nextBoolean()
                                                ? new DispatchResponse.AcceptDrone(taskId)
                                                : new DispatchResponse.DeclineDrone(taskId)),
                                now));
    }

    private TopicRecord drone(Place near, long now) {
        Drone drone =
                new Drone(
                        "DRONE-" + random.nextInt(4),
                        now,
                        any(Drone.Availability.values()),
                        any(Drone.MissionState.values()),
                        null,
                        random.nextInt(5) == 0 ? null : near,
                        null,
                        null,
                        random.nextInt(5) == 0 ? null : 100 * random.nextDouble());
        return new TopicRecord(Topics.DRONES, now, drone.droneId(), Drone.CODEC.write(drone));
    }

    /** A loudspeaker or camera that appears, moves or goes. */
    private TopicRecord device(Place near, long now) {
        boolean isSpeaker = random.nextBoolean();
        String deviceId = (isSpeaker ? "SPEAKER-" : "WALL-CAM-") + random.nextInt(6);
        if (random.nextInt(5) == 0) {
            return new TopicRecord(Topics.DEVICES, now, deviceId, null);
        }
        devices.add(deviceId);
        Device device =
                new Device(
                        deviceId,
                        isSpeaker ? Device.Kind.SPEAKER : Device.Kind.CAMERA,
                        any(SITES),
                        null,
                        Math.abs(near.latitude()) > 90 ? null : near.latitude(),
                        Math.abs(near.longitude()) > 180 ? null : near.longitude(),
                        null,
                        null,
                        null,
                        null);
        return new TopicRecord(Topics.DEVICES, now, deviceId, Device.CODEC.write(device));
    }

    /** Closes what is open, and removes what was registered. */
    List<TopicRecord> closing(long now) {
        return Stream.concat(
                        devices.stream()
                                .map(each -> new TopicRecord(Topics.DEVICES, now, each, null)),
                        closed(now))
                .toList();
    }

    private Stream<TopicRecord> closed(long now) {
        return ledger.incidents().stream()
                .filter(incident -> incident.status() != Incident.Status.CLOSED)
                .filter(incident -> incident.status() != Incident.Status.CANCELLED)
                .map(
                        incident ->
                                record(
                                        new DispatchResponse(
                                                "closing-" + serial++,
                                                incident.incidentId(),
                                                incident.revision(),
                                                "op",
                                                null,
                                                null,
                                                SITES[0],
                                                now,
                                                new DispatchResponse.Close("01", null, null)),
                                        now));
    }

    private TopicRecord response(Incident incident, long now) {
        boolean isRepeated = random.nextInt(10) == 0;
        long[] revisions = {
            incident.revision(), incident.revision(), 0, now - 1_000, now + 86_400_000
        };
        String incidentId = random.nextInt(4) == 0 ? anyIncident() : incident.incidentId();
        return record(
                new DispatchResponse(
                        "wild-" + (isRepeated ? random.nextInt(serial + 1) : serial++),
                        incidentId,
                        any(revisions),
                        "op-" + random.nextInt(4),
                        any(POSITIONS),
                        null,
                        random.nextInt(20) == 0 ? visible() : any(SITES),
                        now - random.nextInt(60_000),
                        action(incident)),
                now);
    }

    private static TopicRecord record(DispatchResponse response, long now) {
        return new TopicRecord(
                Topics.DISPATCH_RESPONSES,
                now,
                response.incidentId(),
                DispatchResponse.CODEC.write(response));
    }

    private Action action(Incident incident) {
        List<Supplier<Action>> actions =
                List.of(
                        DispatchResponse.Delivered::new,
                        DispatchResponse.Acknowledge::new,
                        () -> new DispatchResponse.Accept(random.nextInt(4), null),
                        () -> new DispatchResponse.Accept(null, "cad-" + random.nextInt(9)),
                        () ->
                                new DispatchResponse.Reject(
                                        any(DispatchResponse.Reject.Reason.values()), visible()),
                        DispatchResponse.OnScene::new,
                        () ->
                                new DispatchResponse.Close(
                                        random.nextBoolean() ? "17" : "01",
                                        any(Disposition.Outcome.values()),
                                        visible()),
                        () -> new DispatchResponse.Note(visible()),
                        DispatchResponse.Reopen::new,
                        () -> new DispatchResponse.Merge(anyIncident()),
                        () -> new DispatchResponse.Merge(anyIncident()),
                        () -> new DispatchResponse.Split(List.of(anyEvent(incident))),
                        () -> new DispatchResponse.Link(anyIncident()),
                        () -> new DispatchResponse.NotThisIncident(anyEvent(incident)));
        return actions.get(random.nextInt(actions.size())).get();
    }

    private String anyIncident() {
        return random.nextInt(10) == 0 || ledger.ids().isEmpty()
                ? "unknown-" + random.nextInt(3)
                : ledger.ids().get(random.nextInt(ledger.ids().size()));
    }

    private String anyEvent(Incident incident) {
        int kind = random.nextInt(10);
        if (kind == 0 || events.isEmpty()) {
            return "unknown";
        } else if (kind < 3) {
            return events.get(random.nextInt(events.size()));
        }
        List<Incident.Event> own = incident.events();
        return own.isEmpty() ? "none" : own.get(random.nextInt(own.size())).eventId();
    }

    private TopicRecord delivery(Incident incident, long now) {
        Delivery delivery =
                new Delivery(
                        "delivery-" + serial++,
                        "bridge",
                        random.nextBoolean() ? incident.incidentId() : anyIncident(),
                        incident.revision(),
                        any(Delivery.Result.values()),
                        null,
                        now);
        return new TopicRecord(
                Topics.DELIVERIES, now, delivery.incidentId(), Delivery.CODEC.write(delivery));
    }

    private TopicRecord mute(Incident incident, long now) {
        String muteId = "mute-" + random.nextInt(6);
        if (random.nextInt(4) == 0) {
            return new TopicRecord(Topics.MUTES, now, muteId, null);
        }
        long[] lengths = {1, 60_000, 3_600_000, Mute.MAX_LENGTH.toMillis()};
        long from = now + random.nextInt(120_000) - 60_000;
        Mute.Matcher matcher =
                switch (random.nextInt(4)) {
                    case 0 -> new Mute.Matcher(incident.kind(), null, null, null, null, null);
                    case 1 -> new Mute.Matcher(null, incident.type(), null, null, null, null);
                    case 2 -> new Mute.Matcher(null, null, any(SITES), null, null, null);
                    default -> new Mute.Matcher(null, any(TYPES), null, visible(), null, null);
                };
        Mute mute = new Mute(muteId, matcher, "op", visible(), "C/1", from, from + any(lengths));
        return new TopicRecord(Topics.MUTES, now, muteId, Mute.CODEC.write(mute));
    }

    private TopicRecord presence(long now) {
        List<SitePresence.Position> positions = new ArrayList<>();
        for (int i = random.nextInt(3); i > 0; i--) {
            positions.add(
                    new SitePresence.Position(
                            random.nextBoolean() ? visible() : "chief",
                            "op",
                            random.nextBoolean()));
        }
        String site = random.nextInt(5) == 0 ? visible() : any(SITES);
        return new TopicRecord(
                Topics.SITE_PRESENCE,
                now,
                site,
                SitePresence.CODEC.write(new SitePresence(site, positions, now)));
    }

    private TopicRecord policy(long now) {
        String version = "wild-" + serial++;
        Map<String, String> files = new TreeMap<>(policy);
        files.put("policy", "version: " + version);
        for (int i = random.nextInt(4); i > 0; i--) {
            String[] change = any(POLICY_CHANGES);
            files.computeIfPresent(change[0], (name, text) -> text.replace(change[1], change[2]));
        }
        PolicyRequest request = new PolicyRequest(version, files, "campaign", null, now);
        return new TopicRecord(
                Topics.POLICY_REQUESTS, now, PolicyRequest.KEY, PolicyRequest.CODEC.write(request));
    }

    /** A text of any characters that a field with a person's or a site's name may have. */
    private String visible() {
        String text = Extremes.text(random);
        try {
            return Field.visible("text", text, MAX_TEXT);
        } catch (RuntimeException e) {
            return "x";
        }
    }

    private <T> T any(T[] values) {
        return values[random.nextInt(values.length)];
    }

    private long any(long[] values) {
        return values[random.nextInt(values.length)];
    }
}
