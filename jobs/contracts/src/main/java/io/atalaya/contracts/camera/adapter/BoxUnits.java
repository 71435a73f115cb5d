package io.atalaya.contracts.camera.adapter;

import java.io.Serializable;
import java.util.ArrayList;
import java.util.List;

/**
 * In what the boxes are that a source gives without saying so. The same for all cameras of a topic:
 * who has several kinds gives each a topic.
 *
 * @param pictureWidth of the pictures that DeepStream's boxes are in, in pixels: the resolution of
 *     its stream multiplexer, not of the camera
 * @param pictureHeight likewise
 * @param onvifGrid up to what a camera counts, from the top left, that sends ONVIF boxes outside of
 *     -1 to 1 without a Transformation, as Dahua's do up to 8191; 0: such boxes are refused
 */
public record BoxUnits(int pictureWidth, int pictureHeight, int onvifGrid) implements Serializable {
    private static final int LARGEST = 65_535;

    /** Full HD, and ONVIF as its specification has it. */
    public static final BoxUnits DEFAULT = new BoxUnits(1920, 1080, 0);

    /**
     * @throws IllegalArgumentException naming every size that is out of its range
     */
    public BoxUnits {
        List<String> faults = new ArrayList<>();
        check(faults, "pictureWidth", pictureWidth, 1);
        check(faults, "pictureHeight", pictureHeight, 1);
        check(faults, "onvifGrid", onvifGrid, 0);
        if (!faults.isEmpty()) {
            throw new IllegalArgumentException("units of boxes: " + String.join("; ", faults));
        }
    }

    private static void check(List<String> faults, String name, int value, int least) {
        if (value < least || value > LARGEST) {
            faults.add(name + ": got " + value + ", expected " + least + " to " + LARGEST);
        }
    }
}
