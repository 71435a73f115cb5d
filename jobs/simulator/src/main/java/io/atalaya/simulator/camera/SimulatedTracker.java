package io.atalaya.simulator.camera;

import io.atalaya.contracts.camera.DetectedObject;
import io.atalaya.simulator.random.SeededRandom;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/**
 * Imitates a real detector and tracker: boxes are unsteady, one object in fifty is missed, occluded
 * objects are not detected, and about once a minute an object is lost for some seconds and often
 * gets a new id.
 */
final class SimulatedTracker {
    private static final double MISSES = 0.02;
    private static final double TREMBLE = 0.03;
    private static final double LOSES_EVERY_MILLIS = 60_000;
    private static final double ID_SWITCH_SHARE = 0.7;

    /** Minimum height of a detected object, as a share of the frame height. */
    private static final double MIN_SIZE = 0.018;

    private static final double MIN_VISIBLE_SHARE = 0.35;
    private static final double HIDDEN = 0.65;

    private final SeededRandom random;
    private int ids;

    private record DetectedBox(SceneObject object, double[] box) {}

    SimulatedTracker(SeededRandom random) {
        this.random = random;
    }

    /** The detected objects with their track ids. */
    List<DetectedObject> detect(List<SceneObject> objects, Lens lens, long time) {
        List<DetectedBox> boxes = new ArrayList<>();
        for (SceneObject object : objects) {
            double[] box = lens.box(object);
            if (box != null && isInFrame(box) && box[3] - box[1] > MIN_SIZE) {
                boxes.add(new DetectedBox(object, box));
            }
        }
        // Nearer objects first, because they occlude the others.
        boxes.sort(Comparator.comparingDouble(each -> each.object().z()));
        List<DetectedObject> seen = new ArrayList<>();
        for (int i = 0; i < boxes.size(); i++) {
            if (!isHidden(boxes, i)) {
                DetectedObject detected = find(boxes.get(i), time);
                if (detected != null) {
                    seen.add(detected);
                }
            }
        }
        return seen;
    }

    private static boolean isInFrame(double[] box) {
        double width = Math.min(1, box[2]) - Math.max(0, box[0]);
        double height = Math.min(1, box[3]) - Math.max(0, box[1]);
        return width > 0
                && height > 0
                && width * height > MIN_VISIBLE_SHARE * (box[2] - box[0]) * (box[3] - box[1]);
    }

    private static boolean isHidden(List<DetectedBox> boxes, int index) {
        double[] box = boxes.get(index).box();
        double area = (box[2] - box[0]) * (box[3] - box[1]);
        for (int i = 0; i < index; i++) {
            double[] before = boxes.get(i).box();
            double width = Math.min(box[2], before[2]) - Math.max(box[0], before[0]);
            double height = Math.min(box[3], before[3]) - Math.max(box[1], before[1]);
            if (width > 0 && height > 0 && width * height > HIDDEN * area) {
                return true;
            }
        }
        return false;
    }

    private DetectedObject find(DetectedBox boxed, long time) {
        SceneObject object = boxed.object();
        if (object.trackId() == null) {
            object.setId(String.valueOf(++ids));
            object.lost(-1, time + (long) random.exponential(LOSES_EVERY_MILLIS));
        } else if (time >= object.losesAt()) {
            long back = time + (long) random.between(1_000, 3_000);
            object.lost(back, back + (long) random.exponential(LOSES_EVERY_MILLIS));
            if (random.happens(ID_SWITCH_SHARE)) {
                object.setId(String.valueOf(++ids));
            }
        }
        if (time < object.lostUntil() || random.happens(MISSES)) {
            return null;
        }
        double[] box = boxed.box();
        double width = box[2] - box[0];
        double height = box[3] - box[1];
        double x = box[0] + TREMBLE * width * random.gaussian();
        double y = box[1] + TREMBLE * height * random.gaussian();
        double grown = 1 + TREMBLE * random.gaussian();
        double left = Math.max(0, x);
        double top = Math.max(0, y);
        double right = Math.min(1, x + width * grown);
        double bottom = Math.min(1, y + height * grown);
        if (right - left < 0.002 || bottom - top < 0.002) {
            return null;
        }
        object.onVisible(time);
        return new DetectedObject(
                object.trackId(),
                object.type().wireName(),
                rounded(random.between(0.55, 0.97), 1e2),
                rounded(left, 1e4),
                rounded(top, 1e4),
                rounded(right - left, 1e4),
                rounded(bottom - top, 1e4));
    }

    private static double rounded(double value, double steps) {
        return Math.rint(value * steps) / steps;
    }
}
