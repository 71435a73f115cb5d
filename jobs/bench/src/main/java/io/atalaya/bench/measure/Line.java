package io.atalaya.bench.measure;

/** A straight line through measurements at two sizes, for extrapolation. */
public record Line(double base, double perUnit) {

    /**
     * @throws IllegalArgumentException if both sizes are equal
     */
    public static Line through(double x1, double y1, double x2, double y2) {
        if (x1 == x2) {
            throw new IllegalArgumentException("sizes: got " + x1 + " twice, expected two");
        }
        double perUnit = (y2 - y1) / (x2 - x1);
        return new Line(y1 - perUnit * x1, perUnit);
    }

    public double at(double x) {
        return base + perUnit * x;
    }
}
