package io.atalaya.contracts.plate;

import io.atalaya.contracts.json.InvalidRecordException;
import io.atalaya.contracts.json.JsonIn;

/** The codec of a direction: a compass point, or degrees as a number or in a string. */
public final class CompassCodec {
    private CompassCodec() {}

    public static Compass read(JsonIn in) throws InvalidRecordException {
        if (in.isNumber()) {
            return Compass.ofDegrees(in.number(-360, 360));
        }
        String text = in.string(8);
        Compass point = Compass.ofText(text);
        if (point == null) {
            throw in.invalid(text, Compass.EXPECTED);
        }
        return point;
    }
}
