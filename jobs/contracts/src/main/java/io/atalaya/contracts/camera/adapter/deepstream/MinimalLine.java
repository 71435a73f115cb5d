package io.atalaya.contracts.camera.adapter.deepstream;

import io.atalaya.contracts.camera.CameraFrameCodec;
import io.atalaya.contracts.camera.adapter.BoxUnits;
import io.atalaya.contracts.json.InvalidRecordException;
import io.atalaya.contracts.json.JsonIn;
import io.atalaya.contracts.json.NumberText;

import java.util.regex.Pattern;

/**
 * An object of the minimal schema: {@code id|left|top|right|bottom|type|#|…|confidence}, all in one
 * text.
 */
final class MinimalLine {
    private static final int MAX_LINE = 4_096;
    private static final Pattern BAR = Pattern.compile("\\|");
    private static final String[] NAMES = {"id", "left", "top", "right", "bottom", "type"};

    private MinimalLine() {}

    /** Reads the current element of {@code objects}. */
    static MessageObject read(JsonIn in, BoxUnits units) throws InvalidRecordException {
        String line = in.anyString(MAX_LINE);
        String[] parts = BAR.split(line, -1);
        if (parts.length < NAMES.length) {
            throw in.invalid(line, "id|left|top|right|bottom|type, and more behind them");
        }
        String field = in.field();
        PixelBox box = new PixelBox(units);
        for (PixelBox.Side side : PixelBox.Side.values()) {
            int i = 1 + side.ordinal();
            double pixels = NumberText.orNaN(parts[i]);
            if (Double.isNaN(pixels) || Double.isInfinite(pixels)) {
                throw in.invalid(field + " " + NAMES[i], parts[i], "a number of pixels");
            }
            box.set(in, field + " " + NAMES[i], side, pixels);
        }
        return new MessageObject(
                in.at(field + " id"),
                parts[0],
                parts[5],
                confidence(parts),
                box.inFrame(in, field + " " + NAMES[3], field + " " + NAMES[4]));
    }

    /** The last part, which is the confidence only where attributes follow the type. */
    private static double confidence(String[] parts) {
        boolean described = parts.length > NAMES.length + 1 && parts[NAMES.length].equals("#");
        return described
                ? DeepStreamMessage.confidence(NumberText.orNaN(parts[parts.length - 1]))
                : CameraFrameCodec.CERTAIN;
    }
}
