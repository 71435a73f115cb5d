package io.atalaya.simulator.dispatch;

import io.atalaya.contracts.device.Device;
import io.atalaya.contracts.dispatch.Drone;
import io.atalaya.contracts.dispatch.Incident;
import io.atalaya.contracts.dispatch.Mute;
import io.atalaya.contracts.dispatch.SitePresence;
import io.atalaya.contracts.dispatch.SitePresence.Position;
import io.atalaya.contracts.topic.Topics;
import io.atalaya.simulator.dispatch.Towns.Spot;
import io.atalaya.simulator.random.SeededRandom;

import java.util.List;
import java.util.Locale;

/**
 * What the command centres themselves send: who is on duty, mutes, and their loudspeakers and
 * drones. In the middle of the day one site stops; later it works, but is cut off for a while, so
 * that what it sends arrives when the link is back.
 */
final class CentreRecords {
    static final List<String> SITES = List.of("TOLUCA", "ECATEPEC");
    private static final String FAULTY_SITE = "ECATEPEC";
    private static final double STOPS_AT = 0.4;
    private static final double CUT_OFF_AT = 0.65;

    /** Share of the day, and at most a quarter of an hour. */
    private static final double FAULT_SHARE = 0.1;

    private static final long MAX_FAULT_MS = 15 * 60_000;
    private static final long PRESENCE_MS = 5_000;
    private static final int DRONES = 10;
    private static final int SPEAKERS = 60;
    private static final long DEVICES_BEFORE_MS = 600_000;
    private static final long DRONE_MS = 60_000;
    private static final long MUTE_MS = 2 * 3_600_000;

    private final DispatchOptions options;
    private final Towns towns;
    private final SourceRecords records;
    private final SeededRandom random;
    private final long faultMillis;

    CentreRecords(
            DispatchOptions options, Towns towns, SourceRecords records, SeededRandom random) {
        this.options = options;
        this.towns = towns;
        this.records = records;
        this.random = random;
        this.faultMillis =
                Math.min(MAX_FAULT_MS, (long) ((options.end() - options.start()) * FAULT_SHARE));
    }

    void add() {
        long before = options.start() - 2 * PRESENCE_MS;
        for (String site : SITES) {
            for (long time = before; time < options.end(); time += PRESENCE_MS) {
                boolean isFaulty = options.hasSiteFaults() && site.equals(FAULTY_SITE);
                if (!isFaulty || !isIn(STOPS_AT, time)) {
                    presence(
                            site,
                            time,
                            isFaulty && isIn(CUT_OFF_AT, time)
                                    ? options.timeAt(CUT_OFF_AT) + faultMillis
                                    : time);
                }
            }
        }
        mute("TOLUCA", 0.3);
        mute("ECATEPEC", 0.6);
        long registeredAt = options.start() - DEVICES_BEFORE_MS;
        for (int i = 1; i <= DRONES; i++) {
            Spot home = towns.spot(random);
            String droneId = "DRON-%02d".formatted(i);
            records.register(List.of(Towns.device(droneId, Device.Kind.DRONE, home)), registeredAt);
            for (long time = options.start(); time < options.end(); time += DRONE_MS) {
                drone(droneId, home, time);
            }
        }
        for (int i = 1; i <= SPEAKERS; i++) {
            records.register(
                    List.of(
                            Towns.device(
                                    "ALTAVOZ-%03d".formatted(i),
                                    Device.Kind.SPEAKER,
                                    towns.spot(random))),
                    registeredAt);
        }
    }

    private boolean isIn(double share, long time) {
        long from = options.timeAt(share);
        return time >= from && time < from + faultMillis;
    }

    private void presence(String site, long time, long arrives) {
        records.send(Topics.SITE_PRESENCE, arrives + 50, site, presence(site, time));
    }

    /** A heartbeat of a site whose positions are all on duty. */
    static byte[] presence(String site, long time) {
        List<Position> positions =
                List.of(
                        new Position("security", Operators.person(site, 1), false),
                        new Position("medical", Operators.person(site, 2), false),
                        new Position("vehicles", Operators.person(site, 3), false),
                        // Only the positions that kinds name have the same name at each site.
                        new Position(
                                "jefatura-" + site.toLowerCase(Locale.ROOT),
                                Operators.person(site, 9),
                                true));
        return SitePresence.CODEC.write(new SitePresence(site, positions, time));
    }

    /** A crowd that is expected, for example at a concert. */
    private void mute(String site, double share) {
        long from = options.timeAt(share);
        Mute mute =
                new Mute(
                        "mute-" + site,
                        new Mute.Matcher(Incident.Kind.PLACE, "crowd", site, null, null, null),
                        Operators.person(site, 9),
                        "Concierto",
                        "EV/" + random.below(1_000),
                        from,
                        from + MUTE_MS);
        records.send(Topics.MUTES, from, mute.muteId(), Mute.CODEC.write(mute));
    }

    private void drone(String droneId, Spot home, long time) {
        Drone drone =
                new Drone(
                        droneId,
                        time,
                        Drone.Availability.AVAILABLE,
                        Drone.MissionState.NO_MISSION,
                        null,
                        home.place(10),
                        null,
                        0.0,
                        random.between(60, 100));
        records.send(Topics.DRONES, time + 200, droneId, Drone.CODEC.write(drone));
    }
}
