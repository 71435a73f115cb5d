package io.atalaya.simulator.camera;

import io.atalaya.simulator.random.SeededRandom;

import java.util.ArrayList;
import java.util.List;

/**
 * Plans the episodes of one camera one after the other with calm between them, so that each alert
 * has one cause. Cameras start with different episodes.
 */
final class EpisodePlan {
    private static final EpisodeKind[] IN_TURN = {
        EpisodeKind.STOPPED_VEHICLE,
        EpisodeKind.WRONG_WAY,
        EpisodeKind.CROWD,
        EpisodeKind.CAMERA_SILENT,
        EpisodeKind.LOITERING,
        EpisodeKind.CONGESTION,
        EpisodeKind.ABANDONED_OBJECT,
        EpisodeKind.CAMERA_FROZEN,
    };

    /** Step through the turn that reaches all episodes before one repeats. */
    private static final int STRIDE = 3;

    /** Time for queues to clear, people to leave and the last alert to end. */
    private static final long CALM_MILLIS = 120_000;

    private static final int MOVES_EVERY = 5;
    private static final long FIRST_WITHIN_MILLIS = 8_000;

    /** Time that the detection of a moved camera needs. */
    private static final long MOVED_BEFORE_END = 12 * 60_000;

    record PlannedEpisode(EpisodeKind episode, long startsAt, long millis) {}

    private EpisodePlan() {}

    /**
     * Plans all episodes.
     *
     * @param index index of the camera
     * @param from first possible start of an episode, epoch ms
     * @param until end of the film, epoch ms
     */
    static List<PlannedEpisode> of(
            int index, Site site, long from, long until, double perHour, SeededRandom chance) {
        List<PlannedEpisode> plan = new ArrayList<>();
        if (perHour <= 0) {
            return plan;
        }
        boolean moves =
                index % MOVES_EVERY == MOVES_EVERY - 2 && until - from > 3 * MOVED_BEFORE_END;
        long end = moves ? until - MOVED_BEFORE_END : until;
        double gap = 3_600_000 / perHour;
        long at = from + (long) chance.between(1_000, FIRST_WITHIN_MILLIS);
        int turn = index;
        while (true) {
            int next = fitting(turn, site, end - at);
            if (next < 0) {
                break;
            }
            EpisodeKind episode = IN_TURN[next % IN_TURN.length];
            turn = next + STRIDE;
            long millis =
                    (long)
                            chance.between(
                                    episode.minDurationMillis(), episode.maxDurationMillis() + 1);
            long begin = Math.min(at, end - episode.leadMillis());
            plan.add(new PlannedEpisode(episode, begin, Math.min(millis, end - begin)));
            at += millis + CALM_MILLIS + (long) (gap * chance.between(0.5, 1.5));
        }
        if (moves) {
            plan.add(new PlannedEpisode(EpisodeKind.CAMERA_MOVED, end + CALM_MILLIS, 0));
        }
        return plan;
    }

    /**
     * The next episode in turn that the site permits and that is detectable before the end; or -1.
     */
    private static int fitting(int turn, Site site, long left) {
        for (int i = 0; i < IN_TURN.length; i++) {
            EpisodeKind episode = IN_TURN[(turn + i * STRIDE) % IN_TURN.length];
            if ((site.hasRoad() || !episode.isOnRoad()) && episode.minMillis() <= left) {
                return turn + i * STRIDE;
            }
        }
        return -1;
    }
}
