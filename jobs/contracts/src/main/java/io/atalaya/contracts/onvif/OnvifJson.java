package io.atalaya.contracts.onvif;

import io.atalaya.contracts.json.InvalidRecordException;
import io.atalaya.contracts.json.JsonIn;

/**
 * Reads ONVIF JSON into the same tree as XML: {@code @name} is an attribute, {@code #text} the
 * text, and an array repeats its element. The outermost element has no name.
 */
public final class OnvifJson {
    private static final int MAX_TEXT = 1 << 20;
    private static final int MAX_REPEATED = 10_000;

    private OnvifJson() {}

    /** Reads a whole message, which is one JSON object of at most {@code maxBytes} bytes. */
    public static OnvifElement read(byte[] message, int maxBytes) throws InvalidRecordException {
        try (JsonIn in = JsonIn.object(message, maxBytes)) {
            return fields(new OnvifElement(null, ""), in);
        }
    }

    private static OnvifElement fields(OnvifElement element, JsonIn in)
            throws InvalidRecordException {
        while (in.nextField()) {
            String name = in.field();
            if (name.startsWith("@") && in.shape() == JsonIn.Shape.SCALAR) {
                element.attribute(name.substring(1), in.scalar(MAX_TEXT));
            } else if (name.equals("#text")) {
                element.text(in.scalar(MAX_TEXT).strip());
            } else {
                value(element, name, in);
            }
        }
        return element;
    }

    private static void value(OnvifElement parent, String name, JsonIn in)
            throws InvalidRecordException {
        switch (in.shape()) {
            case OBJECT -> in.object(i -> fields(parent.add(name), i));
            case ARRAY ->
                    in.list(
                            MAX_REPEATED,
                            i -> {
                                value(parent, name, i);
                                return Boolean.TRUE;
                            });
            case SCALAR -> {
                // Only images are so long, and such an image is useless.
                String text = in.scalarUnlessLonger(MAX_TEXT);
                parent.add(name).text(text == null ? OnvifElement.OVERLONG : text.strip());
            }
            case NULL -> {
                // Equal to an absent field.
            }
        }
    }
}
