package io.atalaya.simulator;

import io.atalaya.contracts.hotlist.HotlistEntry;
import io.atalaya.contracts.hotlist.MatchMode;
import io.atalaya.contracts.hotlist.Scope;
import io.atalaya.contracts.plate.Vehicle;
import io.atalaya.simulator.random.SeededRandom;

import java.util.List;
import java.util.Locale;

/** Generates list entries with legal ground, agency and priority from the vehicle's number. */
final class Entries {
    static final String COUNTRY = "MX";

    private record Ground(String reason, String agency, String source, int priority, int share) {}

    private static final List<Ground> GROUNDS =
            List.of(
                    new Ground("STOLEN_VEHICLE", "FGJEM", "vehiculos-robados", 80, 45),
                    new Ground("STOLEN_VEHICLE", "OCRA", "asegurados", 60, 25),
                    new Ground("WANTED_PERSON", "FGJEM", "ordenes-de-aprehension", 80, 10),
                    new Ground("KIDNAPPING", "FGJEM", "antisecuestros", 100, 4),
                    new Ground("MISSING_PERSON", "COBUPEM", "alerta-amber", 100, 4),
                    new Ground("INTEREST", "SSEM", "investigacion", 40, 12));

    private static final int SHARES = GROUNDS.stream().mapToInt(Ground::share).sum();

    private final long seed;
    private final Fleet fleet;

    Entries(long seed, Fleet fleet) {
        this.seed = seed;
        this.fleet = fleet;
    }

    /** An entry about the vehicle with that number, with fuzzy matching and no scope. */
    HotlistEntry about(long vehicleNumber) {
        return about(fleet.vehicle(vehicleNumber), SeededRandom.hash(seed ^ 0x11, vehicleNumber));
    }

    private static HotlistEntry about(RegisteredVehicle vehicle, long draw) {
        Ground ground = ground(draw);
        Vehicle appearance = vehicle.appearance();
        return new HotlistEntry(
                "E" + vehicle.id().substring(1),
                vehicle.plate(),
                null,
                null,
                COUNTRY,
                vehicle.state(),
                ground.reason(),
                String.format(
                        Locale.ROOT,
                        "%s/%06d/2026",
                        ground.agency(),
                        Long.remainderUnsigned(draw, 1_000_000)),
                ground.agency(),
                ground.source(),
                ground.priority(),
                null,
                null,
                appearance,
                Scope.EVERYWHERE,
                MatchMode.FUZZY,
                false,
                List.of());
    }

    static HotlistEntry validUntil(HotlistEntry e, long validUntil) {
        return copy(e, e.plate(), e.pattern(), validUntil, e.scope(), e.match(), e.notified());
    }

    static HotlistEntry within(HotlistEntry e, Scope scope) {
        return copy(e, e.plate(), e.pattern(), e.validUntil(), scope, e.match(), e.notified());
    }

    /** With exact matching, because a wildcard is matched as written. */
    static HotlistEntry pattern(HotlistEntry e, String pattern) {
        return copy(e, null, pattern, e.validUntil(), e.scope(), MatchMode.EXACT, e.notified());
    }

    static HotlistEntry covert(HotlistEntry e, List<String> notified) {
        return copy(e, e.plate(), e.pattern(), e.validUntil(), e.scope(), e.match(), notified);
    }

    /**
     * @param notified empty: the entry is not covert
     */
    private static HotlistEntry copy(
            HotlistEntry e,
            String plate,
            String pattern,
            Long validUntil,
            Scope scope,
            MatchMode match,
            List<String> notified) {
        return new HotlistEntry(
                e.entryId(),
                plate,
                pattern,
                e.tagId(),
                e.country(),
                e.state(),
                e.reason(),
                e.caseNumber(),
                e.agency(),
                e.source(),
                e.priority(),
                e.validFrom(),
                validUntil,
                e.vehicle(),
                scope,
                match,
                !notified.isEmpty(),
                notified);
    }

    private static Ground ground(long draw) {
        int left = (int) Long.remainderUnsigned(draw >>> 8, SHARES);
        for (Ground ground : GROUNDS) {
            left -= ground.share();
            if (left < 0) {
                return ground;
            }
        }
        throw new IllegalStateException("shares do not add up to " + SHARES);
    }
}
