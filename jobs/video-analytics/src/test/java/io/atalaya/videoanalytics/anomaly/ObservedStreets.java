package io.atalaya.videoanalytics.anomaly;

import io.atalaya.anomaly.trajectory.Trajectory;
import io.atalaya.contracts.alert.CameraEvidence;
import io.atalaya.contracts.topic.RecordPosition;
import io.atalaya.videoanalytics.track.ObjectClass;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Random;

/**
 * Observations of some cameras in order of arrival. Each has two lanes with a few vehicles per
 * interval, depending on the hour, a U-turn now and then, and once a street that loses its vehicles
 * while people walk. Seeded.
 */
final class ObservedStreets {
    static final long START = AnomalySamples.NOON;

    /** Intervals, counted from the start, in which the street of every camera has no vehicles. */
    static final int EMPTY_FROM = 1_300;

    static final int EMPTY_UNTIL = 1_306;

    private static final long FRAME_LAG = 100;
    private static final int POINTS = 12;

    private final Random random;
    private final List<Observation> observed = new ArrayList<>();

    private ObservedStreets(long seed) {
        random = new Random(seed);
    }

    /** Observations of some cameras over some intervals. */
    static List<Observation> of(int cameras, int spans) {
        List<Observation> all = new ArrayList<>();
        for (int i = 0; i < cameras; i++) {
            all.addAll(new ObservedStreets(71 + i).street("CAM-" + i, spans));
        }
        all.sort(Comparator.comparingLong(Observation::arrivalTime));
        return all;
    }

    private List<Observation> street(String deviceId, int spans) {
        Observation.CameraLocation location =
                new Observation.CameraLocation(deviceId, "TOLUCA", 19.25, -99.5);
        int next = 1;
        for (int span = 0; span < spans; span++) {
            long begin = START + span * ActivitySample.LENGTH;
            boolean empty = span >= EMPTY_FROM && span < EMPTY_UNTIL;
            double busy = 4 + 2 * Math.sin(2 * Math.PI * span / 288);
            double inView = empty ? 0 : Math.max(0, busy + 0.8 * random.nextGaussian());
            int followed = empty || span % 4 > 0 ? 0 : 2;
            for (int vehicle = 0; vehicle < followed; vehicle++) {
                long since = begin + 60_000 * vehicle + random.nextInt(50_000);
                boolean turns = random.nextInt(100) == 0;
                observed.add(passage(location, since, String.valueOf(next++), turns));
            }
            double walking = Math.max(0, 1.5 + 0.4 * random.nextGaussian());
            observed.add(activity(location, begin, ObjectClass.VEHICLE, inView));
            observed.add(activity(location, begin, ObjectClass.PERSON, walking));
        }
        return observed;
    }

    private static ActivitySample activity(
            Observation.CameraLocation location,
            long begin,
            ObjectClass objectClass,
            double inView) {
        long at = begin + ActivitySample.LENGTH + FRAME_LAG;
        return new ActivitySample(
                location, at, false, begin, objectClass, (float) inView, RecordPosition.UNKNOWN);
    }

    private CompletedTrack passage(
            Observation.CameraLocation location, long since, String id, boolean turns) {
        boolean away = random.nextBoolean();
        double lane = (away ? 0.6 : 0.4) + 0.01 * random.nextGaussian();
        double seconds = 6 + random.nextGaussian();
        double[] t = new double[POINTS];
        double[] x = new double[POINTS];
        double[] y = new double[POINTS];
        for (int i = 0; i < POINTS; i++) {
            double share = (double) i / (POINTS - 1);
            t[i] = Math.round(1000 * seconds * share) / 1000.0;
            double along = turns ? 0.5 - Math.abs(share - 0.5) : share;
            // As floats, because operators exchange positions as floats.
            x[i] =
                    (float)
                            (lane
                                    + (turns ? 0.2 * (0.5 - share) : 0)
                                    + 0.002 * random.nextGaussian());
            y[i] = (float) (away ? 1 - 0.8 * along : 0.2 + 0.8 * along);
        }
        Trajectory trajectory = new Trajectory(t, x, y);
        long until = since + Math.round(1000 * t[POINTS - 1]);
        return new CompletedTrack(
                location,
                until + 4_000 + FRAME_LAG,
                false,
                id + "@" + since,
                since,
                List.of(id),
                ObjectClass.VEHICLE,
                trajectory,
                new CameraEvidence.ObjectBox(
                        id,
                        CameraEvidence.ObjectClass.VEHICLE,
                        CameraEvidence.Region.clipped(
                                x[POINTS - 1] - 0.05,
                                y[POINTS - 1] - 0.1,
                                x[POINTS - 1] + 0.05,
                                y[POINTS - 1]),
                        until),
                RecordPosition.UNKNOWN);
    }
}
