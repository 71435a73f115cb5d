package io.atalaya.contracts.plate;

import io.atalaya.contracts.json.InvalidRecordException;
import io.atalaya.contracts.json.JsonIn;

import java.util.List;
import java.util.regex.Pattern;

/** The codec of a direction: a compass point, or degrees as a number or in a string. */
public final class CompassCodec {
    /** Plain decimals only, because Java's own parser accepts "9d" and "0x1p3" as well. */
    private static final Pattern DEGREES = Pattern.compile("[+-]?[0-9]{1,3}(\\.[0-9]+)?");

    private CompassCodec() {}

    public static Compass read(JsonIn in) throws InvalidRecordException {
        if (in.isNumber()) {
            return Compass.ofDegrees(in.number(-360, 360));
        }
        String text = in.string(8);
        for (Compass point : Compass.values()) {
            if (point.name().equalsIgnoreCase(text)) {
                return point;
            }
        }
        if (DEGREES.matcher(text).matches()) {
            double degrees = Double.parseDouble(text);
            if (degrees >= -360 && degrees <= 360) {
                return Compass.ofDegrees(degrees);
            }
        }
        throw in.invalid(
                text, "one of " + List.of(Compass.values()) + " or degrees from -360 to 360");
    }
}
