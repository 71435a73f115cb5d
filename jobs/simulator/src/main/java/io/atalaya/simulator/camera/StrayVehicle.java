package io.atalaya.simulator.camera;

import io.atalaya.simulator.random.SeededRandom;

/**
 * A vehicle with an unusual trajectory, independent of the others: it makes a U-turn, weaves or
 * leaves the road. It triggers no rule detector, because it never drives against its lane and is
 * never stationary.
 */
final class StrayVehicle {
    private static final double STEP = 0.7;

    /** Lateral accelerations in m/s² of a careful and of a wild bend. */
    private static final double CAREFUL = 2.2;

    private static final double WILD = 5;

    /** Metres from the kerb to the middle of the pavement. */
    private static final double TO_PAVEMENT = 3.2;

    private final SceneObject object = new SceneObject(ObjectType.CAR);
    private final Trajectory trajectory;
    private double along;

    private StrayVehicle(Trajectory trajectory) {
        this.trajectory = trajectory;
    }

    /**
     * A vehicle that comes on its lane, turns across the median and returns.
     *
     * @return null if no suitable place is in view
     */
    static StrayVehicle turningRound(Site site, Lens lens, SeededRandom chance) {
        Line line = direction(site, chance);
        double from = site.besideOf(chance.below(site.lanes()));
        double to = -site.besideOf(site.lanes() - 1);
        double at = line.visible(lens, 0, chance);
        if (Double.isNaN(at)) {
            return null;
        }
        Trajectory.Builder trajectory = new Trajectory.Builder(line);
        for (double a = 0; a < at; a += STEP) {
            trajectory.to(a, from);
        }
        double radius = (from - to) / 2;
        double middle = (from + to) / 2;
        double longer = chance.between(0.9, 1.4);
        for (double turned = 0; turned < Math.PI; turned += STEP / radius) {
            trajectory.to(
                    at + longer * radius * StrictMath.sin(turned),
                    middle + radius * StrictMath.cos(turned));
        }
        for (double a = at; a > 0; a -= STEP) {
            trajectory.to(a, to);
        }
        return new StrayVehicle(
                trajectory.drivenAt(site.typicalSpeed() * chance.between(0.8, 1.05), CAREFUL));
    }

    /** A vehicle that weaves over the lanes of its direction at about the typical speed. */
    static StrayVehicle weaving(Site site, SeededRandom chance) {
        Line line = direction(site, chance);
        double half = site.lanes() * Site.LANE_METRES / 2;
        double middle = site.besideOf(0) - Site.LANE_METRES / 2 + half;
        double aside = chance.between(1.4, half - 0.4);
        double speed = site.typicalSpeed() * chance.between(0.8, 1.1);
        // Gives bends as sharp as those of a reckless driver.
        double sideways = chance.between(2.5, WILD);
        double wave = 2 * Math.PI * speed * Math.sqrt(aside / sideways);
        double phase = chance.between(0, 2 * Math.PI);
        Trajectory.Builder trajectory = new Trajectory.Builder(line);
        for (double a = 0; a < line.length(); a += STEP) {
            trajectory.to(a, middle + aside * StrictMath.sin(2 * Math.PI * a / wave + phase));
        }
        return new StrayVehicle(trajectory.drivenAt(speed, WILD));
    }

    /**
     * A vehicle in a pedestrian area: on a pavement for a while, or across a square.
     *
     * @return null if no suitable place is in view
     */
    static StrayVehicle offRoad(Site site, Lens lens, SeededRandom chance) {
        return site.hasRoad() ? overPavement(site, lens, chance) : acrossSquare(site, chance);
    }

    private static StrayVehicle overPavement(Site site, Lens lens, SeededRandom chance) {
        Line line = direction(site, chance);
        double lane = site.besideOf(site.lanes() - 1);
        double pavement = lane + Site.LANE_METRES / 2 + 0.5 + TO_PAVEMENT;
        double at = line.visible(lens, pavement, chance);
        if (Double.isNaN(at)) {
            return null;
        }
        double half = chance.between(12, 40);
        double ramp = chance.between(10, 18);
        Trajectory.Builder trajectory = new Trajectory.Builder(line);
        for (double a = 0; a < line.length(); a += STEP) {
            double beyond = Math.abs(a - at) - half;
            double off = 1 - Math.max(0, Math.min(1, beyond / ramp));
            // Smooth at both ends of the ramp.
            trajectory.to(a, lane + (pavement - lane) * off * off * (3 - 2 * off));
        }
        return new StrayVehicle(
                trajectory.drivenAt(site.typicalSpeed() * chance.between(0.5, 0.9), CAREFUL));
    }

    private static StrayVehicle acrossSquare(Site site, SeededRandom chance) {
        Line path = chance.oneOf(site.pavements());
        Line line = chance.below(2) == 0 ? path : path.reversed();
        double aside = chance.between(-3, 3);
        double sway = chance.between(-2, 2);
        Trajectory.Builder trajectory = new Trajectory.Builder(line);
        for (double a = 0; a < line.length(); a += STEP) {
            trajectory.to(a, aside + sway * StrictMath.sin(Math.PI * a / line.length()));
        }
        return new StrayVehicle(trajectory.drivenAt(chance.between(3.5, 8), CAREFUL));
    }

    private static Line direction(Site site, SeededRandom chance) {
        return chance.below(2) == 0 ? site.road() : site.road().reversed();
    }

    void go(double seconds) {
        along += trajectory.speedAt(along) * seconds;
        trajectory.place(object, along);
    }

    boolean isGone() {
        return along >= trajectory.length();
    }

    SceneObject object() {
        return object;
    }
}
