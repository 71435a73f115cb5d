package io.atalaya.contracts.camera.adapter;

import java.io.Serializable;
import java.util.ArrayList;
import java.util.List;

/**
 * The units of boxes from sources that do not state them. They are the same for all cameras of a
 * topic, so that each kind of camera needs its own topic.
 *
 * @param frameWidth of the images that DeepStream's boxes refer to, in pixels: the resolution of
 *     its stream multiplexer, not of the camera
 * @param frameHeight likewise
 * @param onvifGrid upper end of the grid, from the top left, of cameras that send ONVIF boxes
 *     outside -1 to 1 without a Transformation, for example 8191 for Dahua; 0 rejects such boxes
 */
public record BoxUnits(int frameWidth, int frameHeight, int onvifGrid) implements Serializable {
    private static final int MAX_UNITS = 65_535;

    /** Full HD, and ONVIF units as in its specification. */
    public static final BoxUnits DEFAULT = new BoxUnits(1920, 1080, 0);

    /**
     * @throws IllegalArgumentException naming every size that is out of its range
     */
    public BoxUnits {
        List<String> faults = new ArrayList<>();
        check(faults, "frameWidth", frameWidth, 1);
        check(faults, "frameHeight", frameHeight, 1);
        check(faults, "onvifGrid", onvifGrid, 0);
        if (!faults.isEmpty()) {
            throw new IllegalArgumentException("units of boxes: " + String.join("; ", faults));
        }
    }

    private static void check(List<String> faults, String name, int value, int least) {
        if (value < least || value > MAX_UNITS) {
            faults.add(name + ": got " + value + ", expected " + least + " to " + MAX_UNITS);
        }
    }
}
