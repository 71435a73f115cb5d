package io.atalaya.simulator.camera;

import io.atalaya.contracts.device.Zone;
import io.atalaya.simulator.random.SeededRandom;

import java.util.List;

/**
 * Restricted ground beside a pavement, with a zone in the frame: a school yard, or the ground
 * behind a prison fence, of which only the fence is the zone.
 *
 * @param path middle of the pavement, the reference; the yard lies to its left
 * @param near near edge, in metres to the right of the path, so below 0
 * @param from start in metres along the path
 * @param to end in metres along the path
 * @param kind kind of the zone
 */
record Yard(Line path, double near, double from, double to, Zone.Kind kind) {
    /** Distances beyond all walkers; groups extend to the path's right. */
    private static final double BEYOND_ONE = 3.4;

    private static final double BEYOND_GROUPS = 5.2;
    private static final double DEPTH = 5;
    private static final double MAX_LENGTH = 12;
    private static final double MIN_LENGTH = 5;
    private static final double STEP = 0.5;
    private static final int TRIES = 40;

    /**
     * Finds a place for the yard in view.
     *
     * @return null if there is none
     */
    static Yard of(Site site, Zone.Kind kind, SeededRandom chance) {
        Yard yard = of(site, site.pavements().get(0), -BEYOND_ONE, kind, chance);
        return yard == null
                ? of(site, site.pavements().get(1).reversed(), -BEYOND_GROUPS, kind, chance)
                : yard;
    }

    private static Yard of(Site site, Line path, double near, Zone.Kind kind, SeededRandom chance) {
        for (int i = 0; i < TRIES; i++) {
            double middle = path.visible(site.lens(), near - DEPTH / 2, chance);
            if (Double.isNaN(middle)) {
                return null;
            }
            Yard here = new Yard(path, near, middle, middle, kind);
            double from = here.reach(site.lens(), -STEP);
            double to = here.reach(site.lens(), STEP);
            if (middle - from >= MIN_LENGTH && to - middle >= MIN_LENGTH) {
                return new Yard(path, near, from, to, kind);
            }
        }
        return null;
    }

    /** The farthest position from the middle up to which the yard is wholly in view. */
    private double reach(Lens lens, double step) {
        double at = middle();
        while (Math.abs(at + step - middle()) <= MAX_LENGTH
                && isShown(lens, path, at + step, near)
                && isShown(lens, path, at + step, far())) {
            at += step;
        }
        return at;
    }

    private double far() {
        return near - DEPTH;
    }

    private static boolean isShown(Lens lens, Line path, double along, double beside) {
        double x = lens.across(path.xAt(along, beside), path.zAt(along, beside));
        double y = lens.down(path.zAt(along, beside));
        return x > 0.02 && x < 0.98 && y > 0 && y < 0.95;
    }

    /** The middle of the yard, metres along the path. */
    double middle() {
        return (from + to) / 2;
    }

    /** Metres to the path's right. */
    double depth() {
        return near - DEPTH / 2;
    }

    boolean contains(SceneObject object) {
        double along = path.alongOf(object.x(), object.z());
        double beside = path.besideOf(object.x(), object.z());
        return along > from && along < to && beside < near && beside > far();
    }

    /** The zone in the frame. */
    Zone zone(Lens lens) {
        return kind == Zone.Kind.LINE
                ? new Zone(
                        "reja-penal", kind, List.of(point(lens, from, near), point(lens, to, near)))
                : new Zone(
                        "patio-escolar",
                        kind,
                        List.of(
                                point(lens, from, near),
                                point(lens, to, near),
                                point(lens, to, far()),
                                point(lens, from, far())));
    }

    private Zone.Point point(Lens lens, double along, double beside) {
        double x = lens.across(path.xAt(along, beside), path.zAt(along, beside));
        double y = lens.down(path.zAt(along, beside));
        return new Zone.Point((float) rounded(x), (float) rounded(y));
    }

    private static double rounded(double value) {
        return Math.rint(value * 1e4) / 1e4;
    }
}
