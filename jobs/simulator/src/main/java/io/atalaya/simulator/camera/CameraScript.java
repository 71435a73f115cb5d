package io.atalaya.simulator.camera;

import io.atalaya.simulator.random.SeededRandom;

import java.util.ArrayList;
import java.util.List;

/**
 * What happens before one camera, and when: one thing after the other, with calm between them, so
 * that each alert has one cause. Cameras begin with different ones.
 */
final class CameraScript {
    private static final CameraEpisode[] IN_TURN = {
        CameraEpisode.STOPPED_VEHICLE,
        CameraEpisode.WRONG_WAY,
        CameraEpisode.CROWD,
        CameraEpisode.CAMERA_SILENT,
        CameraEpisode.LOITERING,
        CameraEpisode.CONGESTION,
        CameraEpisode.ABANDONED_OBJECT,
        CameraEpisode.CAMERA_FROZEN,
    };

    /** Steps through the turn so that a camera has seen all before it sees one again. */
    private static final int STRIDE = 3;

    /** Queues clear, people go, and the last alert ends. */
    private static final long CALM_MILLIS = 120_000;

    private static final int MOVES_EVERY = 5;
    private static final long FIRST_WITHIN_MILLIS = 8_000;

    /** A camera that is turned needs time to show that it is. */
    private static final long MOVED_BEFORE_END = 12 * 60_000;

    record Planned(CameraEpisode incident, long at, long millis) {}

    private CameraScript() {}

    /**
     * Plans everything.
     *
     * @param index of the camera
     * @param from when something may be seen to happen first, epoch ms
     * @param until what is filmed ends
     */
    static List<Planned> of(
            int index, Site site, long from, long until, double perHour, SeededRandom chance) {
        List<Planned> plan = new ArrayList<>();
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
            CameraEpisode incident = IN_TURN[next % IN_TURN.length];
            turn = next + STRIDE;
            long millis =
                    (long) chance.between(incident.shortestMillis(), incident.longestMillis() + 1);
            long begin = Math.min(at, end - incident.leadMillis());
            plan.add(new Planned(incident, begin, Math.min(millis, end - begin)));
            at += millis + CALM_MILLIS + (long) (gap * chance.between(0.5, 1.5));
        }
        if (moves) {
            plan.add(new Planned(CameraEpisode.CAMERA_MOVED, end + CALM_MILLIS, 0));
        }
        return plan;
    }

    /** Whose turn it is of those that the site has, and that can be told before the end; or -1. */
    private static int fitting(int turn, Site site, long left) {
        for (int i = 0; i < IN_TURN.length; i++) {
            CameraEpisode incident = IN_TURN[(turn + i * STRIDE) % IN_TURN.length];
            if ((site.hasRoad() || !incident.isOnRoad()) && incident.leastMillis() <= left) {
                return turn + i * STRIDE;
            }
        }
        return -1;
    }
}
