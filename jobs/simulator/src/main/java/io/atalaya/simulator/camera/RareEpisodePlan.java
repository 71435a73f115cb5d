package io.atalaya.simulator.camera;

import io.atalaya.contracts.device.Zone;
import io.atalaya.simulator.camera.EpisodePlan.PlannedEpisode;
import io.atalaya.simulator.random.SeededRandom;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/**
 * Adds rare episodes to the calm times of a plan. They neither move nor overlap other episodes, so
 * that each alert has one cause.
 */
final class RareEpisodePlan {
    /**
     * Gap between episodes in ms, because an episode may start a minute late and its alert ends
     * later.
     */
    private static final long APART = 150_000;

    /** Number of missing vehicles that makes a street count as empty instead of quiet. */
    private static final double VEHICLES_MISSED = 25;

    private static final List<EpisodeKind> UNUSUAL =
            List.of(
                    EpisodeKind.U_TURN,
                    EpisodeKind.ERRATIC_DRIVING,
                    EpisodeKind.OFF_ROAD,
                    EpisodeKind.EMPTIED_STREET);

    private final Site site;
    private final long from;
    private final long until;
    private final SeededRandom random;
    private final List<PlannedEpisode> plan;

    /**
     * @param planned episodes of the plan, in order
     * @param from first possible start, epoch ms
     * @param until end of the film, epoch ms
     */
    RareEpisodePlan(
            List<PlannedEpisode> planned, Site site, long from, long until, SeededRandom random) {
        this.plan = new ArrayList<>(planned);
        this.site = site;
        this.from = from;
        this.until =
                planned.stream()
                        .filter(each -> each.episode() == EpisodeKind.CAMERA_MOVED)
                        .mapToLong(each -> each.startsAt() - APART)
                        .findFirst()
                        .orElse(until);
        this.random = random;
    }

    /** Adds unusual trajectories and emptied streets, each kind equally often. */
    RareEpisodePlan withUnusual(double perDay) {
        return with(UNUSUAL, perDay / 24);
    }

    /** Adds intrusions and line crossings. */
    RareEpisodePlan withIntrusions(Yard yard, double perHour) {
        return yard == null
                ? this
                : with(
                        List.of(
                                yard.kind() == Zone.Kind.LINE
                                        ? EpisodeKind.LINE_CROSSING
                                        : EpisodeKind.ZONE_INTRUSION),
                        perHour);
    }

    /** All episodes, in order. */
    List<PlannedEpisode> plan() {
        return plan.stream().sorted(Comparator.comparingLong(PlannedEpisode::startsAt)).toList();
    }

    private RareEpisodePlan with(List<EpisodeKind> kinds, double perHour) {
        if (perHour <= 0) {
            return this;
        }
        double gap = 3_600_000 / perHour;
        for (double at = from + random.exponential(gap);
                at < until;
                at += random.exponential(gap)) {
            EpisodeKind episode = random.oneOf(kinds);
            long millis =
                    (long)
                            random.between(
                                    episode.minDurationMillis(), episode.maxDurationMillis() + 1);
            long start = firstCalm((long) at, millis);
            if (start + millis <= until && isPossible(episode, start, millis)) {
                plan.add(new PlannedEpisode(episode, start, millis));
            }
        }
        return this;
    }

    /** The first start at which the given duration is calm. */
    private long firstCalm(long at, long millis) {
        long start = at;
        for (PlannedEpisode each : plan()) {
            if (start - APART < each.startsAt() + each.millis()
                    && each.startsAt() < start + millis + APART) {
                start = each.startsAt() + each.millis() + APART;
            }
        }
        return start;
    }

    private boolean isPossible(EpisodeKind episode, long start, long millis) {
        return switch (episode.needs()) {
            case NOTHING, AREA, FENCE -> true;
            case ROAD -> site.hasRoad();
            case TRAFFIC ->
                    2
                                    * site.vehiclesPerHour()
                                    * DailyProfile.ofVehicles(start + millis / 2)
                                    * millis
                                    / 3_600_000
                            >= VEHICLES_MISSED;
        };
    }
}
