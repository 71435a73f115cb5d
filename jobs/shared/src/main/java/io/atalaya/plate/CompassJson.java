package io.atalaya.plate;

import io.atalaya.json.InvalidRecordException;
import io.atalaya.json.JsonIn;

import java.util.List;

/**
 * A direction as the contracts write it: a compass point, or degrees as a number or in a string.
 */
public final class CompassJson {
    private CompassJson() {}

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
        try {
            double degrees = Double.parseDouble(text);
            if (degrees >= -360 && degrees <= 360) {
                return Compass.ofDegrees(degrees);
            }
        } catch (NumberFormatException e) {
            // Falls through to the one message below.
        }
        throw in.invalid(text, "one of " + List.of(Compass.values()) + " or degrees");
    }
}
