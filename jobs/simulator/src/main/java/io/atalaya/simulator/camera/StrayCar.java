package io.atalaya.simulator.camera;

import io.atalaya.simulator.random.SeededRandom;

/**
 * A vehicle with an unusual trajectory, independent of the others: it makes a U-turn, weaves or
 * leaves the road. It triggers no rule detector, because it never drives against its lane and is
 * never stationary.
 */
final class StrayCar {
    private static final double STEP = 0.7;

    /** Lateral accelerations in m/s² of a careful and of a wild bend. */
    private static final double CAREFUL = 2.2;

    private static final double WILD = 5;

    /** Metres from the kerb to the middle of the pavement. */
    private static final double TO_PAVEMENT = 3.2;

    private final Figure figure = new Figure(Body.CAR);
    private final Trail trail;
    private double along;

    private StrayCar(Trail trail) {
        this.trail = trail;
    }

    /**
     * A vehicle that comes on its lane, turns across the median and returns.
     *
     * @return null if no suitable place is in view
     */
    static StrayCar turningRound(Site site, Lens lens, SeededRandom chance) {
        Line line = direction(site, chance);
        double from = site.besideOf(chance.below(site.lanes()));
        double to = -site.besideOf(site.lanes() - 1);
        double at = line.visible(lens, 0, chance);
        if (Double.isNaN(at)) {
            return null;
        }
        Trail.Builder trail = new Trail.Builder(line);
        for (double a = 0; a < at; a += STEP) {
            trail.to(a, from);
        }
        double radius = (from - to) / 2;
        double middle = (from + to) / 2;
        double longer = chance.between(0.9, 1.4);
        for (double turned = 0; turned < Math.PI; turned += STEP / radius) {
            trail.to(
                    at + longer * radius * StrictMath.sin(turned),
                    middle + radius * StrictMath.cos(turned));
        }
        for (double a = at; a > 0; a -= STEP) {
            trail.to(a, to);
        }
        return new StrayCar(trail.drivenAt(site.usualSpeed() * chance.between(0.8, 1.05), CAREFUL));
    }

    /** A vehicle that weaves over the lanes of its direction at about the typical speed. */
    static StrayCar weaving(Site site, SeededRandom chance) {
        Line line = direction(site, chance);
        double half = site.lanes() * Site.LANE_METRES / 2;
        double middle = site.besideOf(0) - Site.LANE_METRES / 2 + half;
        double aside = chance.between(1.4, half - 0.4);
        double speed = site.usualSpeed() * chance.between(0.8, 1.1);
        // Gives bends as sharp as those of a reckless driver.
        double sideways = chance.between(2.5, WILD);
        double wave = 2 * Math.PI * speed * Math.sqrt(aside / sideways);
        double phase = chance.between(0, 2 * Math.PI);
        Trail.Builder trail = new Trail.Builder(line);
        for (double a = 0; a < line.length(); a += STEP) {
            trail.to(a, middle + aside * StrictMath.sin(2 * Math.PI * a / wave + phase));
        }
        return new StrayCar(trail.drivenAt(speed, WILD));
    }

    /**
     * A vehicle in a pedestrian area: on a pavement for a while, or across a square.
     *
     * @return null if no suitable place is in view
     */
    static StrayCar offRoad(Site site, Lens lens, SeededRandom chance) {
        return site.hasRoad() ? overPavement(site, lens, chance) : acrossSquare(site, chance);
    }

    private static StrayCar overPavement(Site site, Lens lens, SeededRandom chance) {
        Line line = direction(site, chance);
        double lane = site.besideOf(site.lanes() - 1);
        double pavement = lane + Site.LANE_METRES / 2 + 0.5 + TO_PAVEMENT;
        double at = line.visible(lens, pavement, chance);
        if (Double.isNaN(at)) {
            return null;
        }
        double half = chance.between(12, 40);
        double ramp = chance.between(10, 18);
        Trail.Builder trail = new Trail.Builder(line);
        for (double a = 0; a < line.length(); a += STEP) {
            double beyond = Math.abs(a - at) - half;
            double off = 1 - Math.max(0, Math.min(1, beyond / ramp));
            // Smooth at both ends of the ramp.
            trail.to(a, lane + (pavement - lane) * off * off * (3 - 2 * off));
        }
        return new StrayCar(trail.drivenAt(site.usualSpeed() * chance.between(0.5, 0.9), CAREFUL));
    }

    private static StrayCar acrossSquare(Site site, SeededRandom chance) {
        Line path = chance.oneOf(site.pavements());
        Line line = chance.below(2) == 0 ? path : path.reversed();
        double aside = chance.between(-3, 3);
        double sway = chance.between(-2, 2);
        Trail.Builder trail = new Trail.Builder(line);
        for (double a = 0; a < line.length(); a += STEP) {
            trail.to(a, aside + sway * StrictMath.sin(Math.PI * a / line.length()));
        }
        return new StrayCar(trail.drivenAt(chance.between(3.5, 8), CAREFUL));
    }

    private static Line direction(Site site, SeededRandom chance) {
        return chance.below(2) == 0 ? site.road() : site.road().reversed();
    }

    void go(double seconds) {
        along += trail.speedAt(along) * seconds;
        trail.place(figure, along);
    }

    boolean isGone() {
        return along >= trail.length();
    }

    Figure figure() {
        return figure;
    }
}
