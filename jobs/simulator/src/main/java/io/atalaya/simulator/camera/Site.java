package io.atalaya.simulator.camera;

import io.atalaya.simulator.random.SeededRandom;

import java.util.ArrayList;
import java.util.List;

/**
 * The scene of a camera.
 *
 * @param road its middle, or null for a square without a road
 * @param lanes lanes of each direction
 * @param median width between the directions, metres
 * @param typicalSpeed typical speed on the road, m/s
 * @param signalAt position of the signal along the road's first direction; NaN for none
 * @param vehiclesPerHour vehicles of each direction at the busiest hour
 * @param pavements lines on which people walk
 * @param peoplePerHour people on each of them at the busiest hour
 * @param parked positions of vehicles parked at the kerb, metres along the road
 */
record Site(
        Lens lens,
        Line road,
        int lanes,
        double median,
        double typicalSpeed,
        double signalAt,
        double vehiclesPerHour,
        List<Line> pavements,
        double peoplePerHour,
        List<Double> parked) {
    static final double LANE_METRES = 3.5;
    private static final double ROAD_METRES = 240;
    private static final double PATH_METRES = 120;

    /** One camera in five views a square, one in four a signal. */
    private static final int SQUARE_EVERY = 5;

    private static final int SIGNAL_EVERY = 4;

    static Site of(int index, SeededRandom chance) {
        Lens lens =
                new Lens(
                        chance.between(6, 10),
                        chance.between(0.08, 0.2),
                        chance.between(0.95, 1.3),
                        0);
        return index % SQUARE_EVERY == SQUARE_EVERY - 1
                ? square(lens, chance)
                : street(lens, index % SIGNAL_EVERY == 2, chance);
    }

    private static Site square(Lens lens, SeededRandom chance) {
        List<Line> paths = new ArrayList<>();
        double turn = chance.between(0, 1);
        for (int i = 0; i < 3; i++) {
            paths.add(
                    Line.through(
                            chance.between(-4, 4),
                            chance.between(16, 28),
                            turn + i * chance.between(0.8, 1.2),
                            PATH_METRES));
        }
        return new Site(
                lens, null, 0, 0, 0, Double.NaN, 0, paths, chance.between(120, 260), List.of());
    }

    private static Site street(Lens lens, boolean signal, SeededRandom chance) {
        double angle = chance.between(-0.8, 0.8);
        // A crossing road needs some distance, because otherwise a vehicle would fill the frame.
        double distance = 30 + 12 * Math.abs(StrictMath.sin(angle));
        Line road = Line.through(chance.between(-4, 4), distance, angle, ROAD_METRES);
        int lanes = 2 + chance.below(2);
        double median = chance.between(1, 5);
        double kerb = median / 2 + LANE_METRES * lanes + 0.5;
        List<Line> pavements = new ArrayList<>();
        for (int side : new int[] {-1, 1}) {
            double beside = side * (kerb + 3.2);
            pavements.add(
                    new Line(
                            road.xAt(0, beside),
                            road.zAt(0, beside),
                            road.ux(),
                            road.uz(),
                            road.length()));
        }
        List<Double> parked = new ArrayList<>();
        for (int n = chance.below(4); n > 0; n--) {
            parked.add(chance.between(0.3, 0.7) * ROAD_METRES);
        }
        return new Site(
                lens,
                road,
                lanes,
                median,
                chance.between(10, 18),
                signal ? chance.between(0.5, 0.62) * ROAD_METRES : Double.NaN,
                chance.between(350, 900),
                pavements,
                chance.between(60, 160),
                parked);
    }

    /** Distance between the middle of a lane and the road's middle; the inner lane is 0. */
    double besideOf(int lane) {
        return median / 2 + LANE_METRES * (lane + 0.5);
    }

    boolean hasRoad() {
        return road != null;
    }
}
