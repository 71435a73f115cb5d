package io.atalaya.contracts.device;

import io.atalaya.contracts.json.Field;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.annotation.JsonSetter;
import com.fasterxml.jackson.annotation.JsonValue;
import com.fasterxml.jackson.annotation.Nulls;
import com.fasterxml.jackson.databind.annotation.JsonDeserialize;
import com.fasterxml.jackson.databind.util.StdConverter;

import java.util.List;
import java.util.Optional;

/**
 * A zone drawn in a camera's image, in fractions of the image.
 *
 * @param points corners of an area (at least 3), or points of a line (at least 2)
 */
public record Zone(String zoneId, Kind kind, @JsonProperty("polygon") List<Point> points) {
    /** Stands for a zone of another system, which a device leaves out. */
    static final Zone FOREIGN = new Zone("", Kind.LINE, List.of(new Point(0, 0), new Point(1, 1)));

    private static final int MAX_ID = 32;
    private static final int MAX_POINTS = 64;

    /**
     * Smaller cross products, in fractions of the image, are rounding errors of points in one line.
     */
    private static final double MIN_AREA = 1e-7;

    /** The purpose of the zone. */
    public enum Kind {
        /** An area that must stay empty. */
        RESTRICTED(3),
        /** A line that must not be crossed. */
        LINE(2);

        private final int minPoints;

        Kind(int minPoints) {
            this.minPoints = minPoints;
        }

        /** The minimum number of points. */
        public int minPoints() {
            return minPoints;
        }
    }

    /** A corner, in fractions of the image; in JSON an array of two numbers. */
    @JsonDeserialize(converter = PointReader.class)
    public record Point(float x, float y) {
        @JsonValue
        float[] numbers() {
            return new float[] {x, y};
        }
    }

    private static final class PointReader extends StdConverter<List<Double>, Point> {
        @Override
        public Point convert(List<Double> numbers) {
            if (numbers.size() != 2) {
                throw Field.fault("", numbers.size() + " elements", "2 numbers");
            }
            return new Point(
                    (float) Field.number("[0]", numbers.get(0), 0, 1),
                    (float) Field.number("[1]", numbers.get(1), 0, 1));
        }
    }

    /** A zone as drawn, perhaps for another system, of any kind and shape. */
    private record Drawn(
            String zoneId, String kind, @JsonSetter(nulls = Nulls.SET) List<Point> polygon) {
        private Drawn {
            Field.text("zoneId", zoneId, 1, MAX_ID);
            Field.text("kind", kind, 1, 128);
            Field.list("polygon", polygon, MAX_POINTS);
        }
    }

    /** Other systems may draw zones of other kinds for themselves. */
    @JsonCreator(mode = JsonCreator.Mode.DELEGATING)
    static Zone of(Drawn drawn) {
        for (Kind kind : Kind.values()) {
            if (kind.name().equals(drawn.kind)) {
                return new Zone(drawn.zoneId, kind, drawn.polygon);
            }
        }
        return FOREIGN;
    }

    public Zone {
        points = List.copyOf(points);
        if (points.size() < kind.minPoints()) {
            throw Field.fault(
                    "polygon",
                    points.size() + " points",
                    "at least " + kind.minPoints() + " for a zone of kind " + kind);
        }
        requireExtent(kind, points);
    }

    /**
     * Rejects a single point, which no object can cross, and a line as an area, which no object can
     * be inside of.
     */
    private static void requireExtent(Kind kind, List<Point> points) {
        Point first = points.get(0);
        Optional<Point> other = points.stream().filter(p -> !p.equals(first)).findFirst();
        if (other.isEmpty()) {
            throw Field.fault("polygon", "one point " + points.size() + " times", "several points");
        }
        if (kind == Kind.RESTRICTED
                && points.stream().allMatch(p -> isInLine(first, other.get(), p))) {
            throw Field.fault("polygon", "points in one line", "the corners of an area");
        }
    }

    private static boolean isInLine(Point a, Point b, Point c) {
        double across =
                ((double) b.x() - a.x()) * ((double) c.y() - a.y())
                        - ((double) b.y() - a.y()) * ((double) c.x() - a.x());
        return Math.abs(across) < MIN_AREA;
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
