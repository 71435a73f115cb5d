package io.atalaya.contracts.camera.adapter.onvif;

import io.atalaya.contracts.camera.adapter.FrameDraft.Box;
import io.atalaya.contracts.json.InvalidRecordException;
import io.atalaya.contracts.json.NumberText;
import io.atalaya.contracts.onvif.OnvifElement;

import java.util.List;

/**
 * A box as a camera sends it. By the specification it is in -1..1 with the origin in the middle and
 * y upwards, if necessary after the transformations. Some cameras count y downwards, which shows by
 * the order of top and bottom.
 */
final class BoundingBox {
    /** The largest coordinate, beyond 1 because boxes may reach a little outside the image. */
    private static final double MAX_COORDINATE = 1.5;

    private final OnvifElement box;
    private final List<OnvifElement> transformations;
    private final int grid;

    /**
     * @param transformations to be applied in order
     * @param grid upper end of the camera's grid from the top left, for boxes without
     *     transformations; 0 rejects a grid
     */
    BoundingBox(OnvifElement box, List<OnvifElement> transformations, int grid) {
        this.box = box;
        this.transformations = transformations;
        this.grid = grid;
    }

    Box inFrame() throws InvalidRecordException {
        double left = number(box, "left");
        double top = number(box, "top");
        double right = number(box, "right");
        double bottom = number(box, "bottom");
        if (left == right || top == bottom) {
            return new Box(0, 0, 0, 0);
        }
        if (grid > 0 && transformations.isEmpty() && isBeyond(left, top, right, bottom)) {
            return ofGrid(left, top, right, bottom);
        }
        for (OnvifElement transformation : transformations) {
            OnvifElement translate = transformation.child("Translate");
            OnvifElement scale = transformation.child("Scale");
            double scaleX = scale == null ? 1 : number(scale, "x");
            double scaleY = scale == null ? 1 : number(scale, "y");
            double moveX = translate == null ? 0 : number(translate, "x");
            double moveY = translate == null ? 0 : number(translate, "y");
            left = moveX + scaleX * left;
            right = moveX + scaleX * right;
            top = moveY + scaleY * top;
            bottom = moveY + scaleY * bottom;
        }
        require("left", left);
        require("top", top);
        require("right", right);
        require("bottom", bottom);
        requireOrder(left, right);
        boolean upwards = top > bottom;
        return new Box(
                (1 + left) / 2,
                (upwards ? 1 - top : 1 + top) / 2,
                (1 + right) / 2,
                (upwards ? 1 - bottom : 1 + bottom) / 2);
    }

    private Box ofGrid(double left, double top, double right, double bottom)
            throws InvalidRecordException {
        for (String side : List.of("left", "top", "right", "bottom")) {
            double value = number(box, side);
            if (!(value >= 0 && value <= grid)) {
                throw new InvalidRecordException(
                        field(side), box.attribute(side), "0 to " + grid + ", as the units say");
            }
        }
        requireOrder(left, right);
        boolean upwards = top > bottom;
        return new Box(
                left / grid,
                (upwards ? grid - top : top) / grid,
                right / grid,
                (upwards ? grid - bottom : bottom) / grid);
    }

    private static boolean isBeyond(double... sides) {
        for (double side : sides) {
            if (Math.abs(side) > MAX_COORDINATE) {
                return true;
            }
        }
        return false;
    }

    private void require(String side, double value) throws InvalidRecordException {
        if (!(Math.abs(value) <= MAX_COORDINATE)) {
            throw transformations.isEmpty()
                    ? new InvalidRecordException(
                            field(side),
                            box.attribute(side),
                            "-1 to 1, for the frame has no Transformation; a camera that counts"
                                    + " pixels or a grid must say so there")
                    : InvalidRecordException.fault(
                            field(side),
                            box.attribute(side) + ", which the Transformation makes " + value,
                            "what it makes -1 to 1");
        }
    }

    private void requireOrder(double left, double right) throws InvalidRecordException {
        if (right < left) {
            throw new InvalidRecordException(
                    field("right"),
                    box.attribute("right"),
                    "more than left, " + box.attribute("left"));
        }
    }

    private static double number(OnvifElement element, String name) throws InvalidRecordException {
        String text = element.attribute(name);
        double value = text == null ? Double.NaN : NumberText.orNaN(text.strip());
        if (Double.isNaN(value) || Double.isInfinite(value)) {
            throw new InvalidRecordException(element.path() + "." + name, text, "a number");
        }
        return value;
    }

    private String field(String side) {
        return box.path() + "." + side;
    }
}
