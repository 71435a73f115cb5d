package io.atalaya.contracts.camera.adapter.deepstream;

import io.atalaya.contracts.camera.adapter.BoxUnits;
import io.atalaya.contracts.camera.adapter.FrameDraft.Box;
import io.atalaya.contracts.json.InvalidRecordException;
import io.atalaya.contracts.json.JsonIn;

/** A box in pixels, with the side names of either schema. */
final class PixelBox {
    private static final double MAX_PIXELS = 1e6;

    /**
     * Tolerance beyond the edges as a fraction of the image size: detectors draw boxes a little
     * outside the image, and more means an image of another size.
     */
    private static final double BEYOND = 0.05;

    private final BoxUnits units;
    private final Double[] sides = new Double[Side.values().length];

    /** The names of a box's sides in both JSON schemas. */
    enum Side {
        LEFT("topleftx", "leftX"),
        TOP("toplefty", "topY"),
        RIGHT("bottomrightx", "rightX"),
        BOTTOM("bottomrighty", "bottomY");

        private final String full;
        private final String metropolis;

        Side(String full, String metropolis) {
            this.full = full;
            this.metropolis = metropolis;
        }

        /** The side with that name, or null. */
        static Side of(String name) {
            for (Side side : values()) {
                if (side.full.equals(name) || side.metropolis.equals(name)) {
                    return side;
                }
            }
            return null;
        }
    }

    PixelBox(BoxUnits units) {
        this.units = units;
    }

    /**
     * Reads an object with the four sides; null if it has no sides. Numbers under other names are
     * rejected, because they would be a lost box.
     */
    static Box read(JsonIn in, BoxUnits units) throws InvalidRecordException {
        PixelBox box = new PixelBox(units);
        boolean any = false;
        String[] names = new String[Side.values().length];
        while (in.nextField()) {
            Side side = Side.of(in.field());
            if (side == null) {
                any |= in.isNumber() && !in.field().equals("confidence");
                in.skip();
            } else {
                names[side.ordinal()] = in.field();
                box.set(in, in.field(), side, in.quotableNumber(-MAX_PIXELS, MAX_PIXELS));
                any = true;
            }
        }
        if (!any) {
            return null;
        }
        for (Side side : Side.values()) {
            in.required(side.full, box.sides[side.ordinal()]);
        }
        return box.inFrame(in, names[Side.RIGHT.ordinal()], names[Side.BOTTOM.ordinal()]);
    }

    /**
     * @param field that held the value
     */
    void set(JsonIn in, String field, Side side, double pixels) throws InvalidRecordException {
        boolean across = side == Side.LEFT || side == Side.RIGHT;
        int most = across ? units.frameWidth() : units.frameHeight();
        if (pixels < -BEYOND * most || pixels > (1 + BEYOND) * most) {
            throw in.invalid(
                    field,
                    pixels,
                    "0 to "
                            + most
                            + ", the "
                            + (across ? "width" : "height")
                            + " that is set for DeepStream's frames");
        }
        sides[side.ordinal()] = pixels / most;
    }

    Box inFrame(JsonIn in, String right, String bottom) throws InvalidRecordException {
        Box box = new Box(sides[0], sides[1], sides[2], sides[3]);
        if (box.right() < box.left()) {
            throw in.invalid(
                    right, box.right() * units.frameWidth(), "not less than the left side");
        }
        if (box.bottom() < box.top()) {
            throw in.invalid(
                    bottom, box.bottom() * units.frameHeight(), "not less than the upper side");
        }
        return box;
    }
}
