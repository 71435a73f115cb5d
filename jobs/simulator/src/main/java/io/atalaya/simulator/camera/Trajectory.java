package io.atalaya.simulator.camera;

import java.util.ArrayList;
import java.util.List;

/**
 * A curved trajectory on the ground, with the speed at each place: limited by the driver's choice,
 * by bends, and by braking and acceleration.
 */
final class Trajectory {
    private static final double ACCELERATION = 1.6;
    private static final double BRAKING = 2.5;
    private static final double SLOWEST = 1.5;

    private final double[] x;
    private final double[] z;

    /** Metres from the start to each place. */
    private final double[] distances;

    /** Speed at each place, m/s. */
    private final double[] speed;

    private record Place(double x, double z) {}

    /** Collects consecutive places, at most about a metre apart. */
    static final class Builder {
        private final Line line;
        private final List<Place> places = new ArrayList<>();

        /**
         * @param line reference of the places
         */
        Builder(Line line) {
            this.line = line;
        }

        Builder to(double along, double beside) {
            places.add(new Place(line.xAt(along, beside), line.zAt(along, beside)));
            return this;
        }

        /**
         * @param desired speed, m/s
         * @param sideways lateral acceleration in bends, m/s²
         */
        Trajectory drivenAt(double desired, double sideways) {
            return new Trajectory(places, desired, sideways);
        }
    }

    private Trajectory(List<Place> places, double desired, double sideways) {
        int n = places.size();
        x = places.stream().mapToDouble(Place::x).toArray();
        z = places.stream().mapToDouble(Place::z).toArray();
        distances = new double[n];
        speed = new double[n];
        for (int i = 1; i < n; i++) {
            distances[i] = distances[i - 1] + step(i);
        }
        for (int i = 0; i < n; i++) {
            speed[i] = Math.max(SLOWEST, Math.min(desired, Math.sqrt(sideways * radius(i))));
        }
        for (int i = 1; i < n; i++) {
            speed[i] = Math.min(speed[i], reachable(speed[i - 1], ACCELERATION, step(i)));
        }
        for (int i = n - 2; i >= 0; i--) {
            speed[i] = Math.min(speed[i], reachable(speed[i + 1], BRAKING, step(i + 1)));
        }
    }

    private static double reachable(double from, double acceleration, double metres) {
        return Math.sqrt(from * from + 2 * acceleration * metres);
    }

    private double step(int i) {
        return distance(i - 1, i);
    }

    private double distance(int a, int b) {
        double dx = x[b] - x[a];
        double dz = z[b] - z[a];
        return Math.sqrt(dx * dx + dz * dz);
    }

    /** Radius in metres of the circle through a place and those two before and after it. */
    private double radius(int i) {
        int a = Math.max(0, i - 2);
        int b = Math.min(x.length - 1, i + 2);
        double twiceArea = Math.abs((x[i] - x[a]) * (z[b] - z[a]) - (x[b] - x[a]) * (z[i] - z[a]));
        return twiceArea < 1e-6
                ? 1e6
                : distance(a, i) * distance(i, b) * distance(a, b) / (2 * twiceArea);
    }

    double length() {
        return distances[distances.length - 1];
    }

    /** Speed in m/s at a distance in metres from the start. */
    double speedAt(double metres) {
        return between(speed, metres);
    }

    /** Places an object there, headed along the trajectory. */
    void place(SceneObject object, double metres) {
        int i = segment(metres);
        double length = Math.max(1e-9, distances[i + 1] - distances[i]);
        object.place(
                between(x, metres),
                between(z, metres),
                (x[i + 1] - x[i]) / length,
                (z[i + 1] - z[i]) / length);
    }

    private double between(double[] values, double metres) {
        int i = segment(metres);
        double part = (metres - distances[i]) / Math.max(1e-9, distances[i + 1] - distances[i]);
        return values[i] + Math.max(0, Math.min(1, part)) * (values[i + 1] - values[i]);
    }

    private int segment(double metres) {
        int i = 0;
        while (i < distances.length - 2 && distances[i + 1] <= metres) {
            i++;
        }
        return i;
    }
}
