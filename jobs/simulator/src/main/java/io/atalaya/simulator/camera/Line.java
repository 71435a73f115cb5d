package io.atalaya.simulator.camera;

import io.atalaya.simulator.random.SeededRandom;

/**
 * A straight line on the ground: the middle of a road or a path.
 *
 * @param x start
 * @param z start
 * @param ux direction
 * @param uz direction
 * @param length metres
 */
record Line(double x, double z, double ux, double uz, double length) {

    /** A line through a place at an angle to the camera's view, in radians. */
    static Line through(double x, double z, double angle, double length) {
        double ux = StrictMath.sin(angle);
        double uz = StrictMath.cos(angle);
        return new Line(x - ux * length / 2, z - uz * length / 2, ux, uz, length);
    }

    /** The same line in the other direction. */
    Line reversed() {
        return new Line(xAt(length, 0), zAt(length, 0), -ux, -uz, length);
    }

    /**
     * @param along metres from its start
     * @param beside metres to its right
     */
    double xAt(double along, double beside) {
        return x + along * ux + beside * uz;
    }

    double zAt(double along, double beside) {
        return z + along * uz - beside * ux;
    }

    /** Position of a place along the line, metres. */
    double alongOf(double placeX, double placeZ) {
        return (placeX - x) * ux + (placeZ - z) * uz;
    }

    /** Distance of a place to the right of the line, metres. */
    double besideOf(double placeX, double placeZ) {
        return (placeX - x) * uz - (placeZ - z) * ux;
    }

    /**
     * A random position along the line that is well within the frame; NaN if there is hardly any.
     */
    double visible(Lens lens, double beside, SeededRandom chance) {
        for (int i = 0; i < 60; i++) {
            double along = chance.between(0.05, 0.95) * length;
            if (lens.showsWell(xAt(along, beside), zAt(along, beside))) {
                return along;
            }
        }
        return Double.NaN;
    }
}
