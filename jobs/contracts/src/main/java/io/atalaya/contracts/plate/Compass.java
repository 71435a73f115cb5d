package io.atalaya.contracts.plate;

/** The eight compass points that reads and scopes use for a direction of travel. */
public enum Compass {
    N,
    NE,
    E,
    SE,
    S,
    SW,
    W,
    NW;

    /** The point nearest to a heading in degrees clockwise from north. */
    public static Compass ofDegrees(double degrees) {
        return values()[(int) Math.floorMod(Math.round(degrees / 45), 8L)];
    }
}
