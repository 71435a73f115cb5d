package io.atalaya.contracts.device;

import java.util.List;

/**
 * A zone drawn in a camera's image, in fractions of the image.
 *
 * @param points corners of an area (at least 3), or points of a line (at least 2)
 */
public record Zone(String zoneId, Kind kind, List<Point> points) {

    /** The purpose of the zone. */
    public enum Kind {
        /** An area that must stay empty. */
        RESTRICTED(3),
        /** A line that must not be crossed. */
        LINE(2);

        private final int leastPoints;

        Kind(int leastPoints) {
            this.leastPoints = leastPoints;
        }

        /** The minimum number of points. */
        public int leastPoints() {
            return leastPoints;
        }
    }

    /** A corner, in fractions of the image. */
    public record Point(float x, float y) {}

    public Zone {
        if (points.size() < kind.leastPoints()) {
            throw new IllegalArgumentException(
                    "points of zone "
                            + zoneId
                            + ": got "
                            + points.size()
                            + ", expected at least "
                            + kind.leastPoints());
        }
        points = List.copyOf(points);
    }

    /** Whether a point is inside the area (even-odd rule). */
    public boolean contains(float x, float y) {
        boolean inside = false;
        for (int i = 0, j = points.size() - 1; i < points.size(); j = i++) {
            Point a = points.get(i);
            Point b = points.get(j);
            if (a.y() > y != b.y() > y
                    && x < (b.x() - a.x()) * (y - a.y()) / (b.y() - a.y()) + a.x()) {
                inside = !inside;
            }
        }
        return inside;
    }

    /** Whether the straight path from one point to another crosses the line. */
    public boolean isCrossed(float fromX, float fromY, float toX, float toY) {
        for (int i = 1; i < points.size(); i++) {
            Point a = points.get(i - 1);
            Point b = points.get(i);
            if (side(a, b, fromX, fromY) != side(a, b, toX, toY)
                    && side(fromX, fromY, toX, toY, a) != side(fromX, fromY, toX, toY, b)) {
                return true;
            }
        }
        return false;
    }

    private static boolean side(Point a, Point b, float x, float y) {
        return (b.x() - a.x()) * (y - a.y()) - (b.y() - a.y()) * (x - a.x()) > 0;
    }

    private static boolean side(float fromX, float fromY, float toX, float toY, Point p) {
        return (toX - fromX) * (p.y() - fromY) - (toY - fromY) * (p.x() - fromX) > 0;
    }
}
