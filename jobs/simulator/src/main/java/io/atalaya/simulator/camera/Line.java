package io.atalaya.simulator.camera;

import io.atalaya.simulator.random.SeededRandom;

/**
 * A straight way on the ground: a road's or a path's middle.
 *
 * @param x of its beginning
 * @param z of its beginning
 * @param ux its direction
 * @param uz its direction
 * @param length metres
 */
record Line(double x, double z, double ux, double uz, double length) {

    /** Through a place, at an angle to the camera's view, in radians. */
    static Line through(double x, double z, double angle, double length) {
        double ux = StrictMath.sin(angle);
        double uz = StrictMath.cos(angle);
        return new Line(x - ux * length / 2, z - uz * length / 2, ux, uz, length);
    }

    /** The same way in the other direction. */
    Line reversed() {
        return new Line(xAt(length, 0), zAt(length, 0), -ux, -uz, length);
    }

    /**
     * @param along metres from its beginning
     * @param beside metres to its right
     */
    double xAt(double along, double beside) {
        return x + along * ux + beside * uz;
    }

    double zAt(double along, double beside) {
        return z + along * uz - beside * ux;
    }

    /** How far along it a place is. */
    double alongOf(double placeX, double placeZ) {
        return (placeX - x) * ux + (placeZ - z) * uz;
    }

    /** How far to its right a place is. */
    double besideOf(double placeX, double placeZ) {
        return (placeX - x) * uz - (placeZ - z) * ux;
    }

    /** Somewhere along it that is well in the picture; NaN where hardly anything is. */
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
