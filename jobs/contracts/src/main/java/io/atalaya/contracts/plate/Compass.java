package io.atalaya.contracts.plate;

import io.atalaya.contracts.json.Field;

import com.fasterxml.jackson.annotation.JsonCreator;

import java.util.List;
import java.util.regex.Pattern;

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

    static final String EXPECTED = "one of " + List.of(values()) + " or degrees from -360 to 360";

    /** Plain decimals only, because Java's own parser accepts "9d" and "0x1p3" as well. */
    private static final Pattern DEGREES = Pattern.compile("[+-]?[0-9]{1,3}(\\.[0-9]+)?");

    /** A compass point's name, or degrees as a number or in a text. */
    @JsonCreator
    static Compass of(Object value) {
        Compass point = value instanceof String text ? ofText(text) : null;
        if (value instanceof Number number && Math.abs(number.doubleValue()) <= 360) {
            point = ofDegrees(number.doubleValue());
        }
        if (point == null) {
            throw Field.invalid("", value, EXPECTED);
        }
        return point;
    }

    /** Null if the text is no direction. */
    static Compass ofText(String text) {
        for (Compass point : values()) {
            if (point.name().equalsIgnoreCase(text)) {
                return point;
            }
        }
        double degrees = DEGREES.matcher(text).matches() ? Double.parseDouble(text) : Double.NaN;
        return Math.abs(degrees) <= 360 ? ofDegrees(degrees) : null;
    }

    /** The point nearest to a heading in degrees clockwise from north. */
    public static Compass ofDegrees(double degrees) {
        return values()[(int) Math.floorMod(Math.round(degrees / 45), 8L)];
    }
}
