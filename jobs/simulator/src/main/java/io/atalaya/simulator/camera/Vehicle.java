package io.atalaya.simulator.camera;

/** One vehicle on a carriageway. Lengths are metres, speeds metres a second. */
final class Vehicle {
    private static final double ACCELERATION = 1.6;
    private static final double BRAKING = 2.2;
    private static final double HARDEST = 7;
    private static final double HEADWAY_SECONDS = 1.3;
    private static final double LEAST_GAP = 2;
    private static final double SIDEWAYS = 1.2;

    final Figure figure;
    final double desired;
    double along;
    double speed;
    int lane;
    double beside;

    /** Where it is to halt, NaN: nowhere; once it has, until when, epoch ms. */
    double haltAt = Double.NaN;

    long haltMillis;
    long haltedUntil = -1;

    /** Its way while it was in the picture, to know how fast it was. */
    double seenMetres;

    double seenSeconds;

    Vehicle(Body body, double desired, int lane, double beside) {
        this.figure = new Figure(body);
        this.desired = desired;
        this.speed = desired;
        this.lane = lane;
        this.beside = beside;
    }

    boolean isHalting() {
        return !Double.isNaN(haltAt);
    }

    double length() {
        return figure.body().length();
    }

    /**
     * Goes on, as drivers do who keep a distance (the intelligent driver model).
     *
     * @param limit it drives no faster, for the road's sake
     * @param gap to what is before it
     * @param ahead that one's speed
     */
    void drive(double seconds, double limit, double gap, double ahead) {
        double wish = Math.min(desired, limit);
        double closing = speed - ahead;
        double wanted =
                LEAST_GAP
                        + Math.max(
                                0,
                                speed * HEADWAY_SECONDS
                                        + speed
                                                * closing
                                                / (2 * Math.sqrt(ACCELERATION * BRAKING)));
        double free = speed / Math.max(0.5, wish);
        double tight = wanted / Math.max(0.3, gap);
        double change = ACCELERATION * (1 - free * free * free * free - tight * tight);
        speed = Math.max(0, speed + Math.max(-HARDEST, change) * seconds);
        along += speed * seconds;
    }

    void moveOver(double seconds, double towards) {
        double step = SIDEWAYS * seconds * Math.min(1, speed / 2);
        double left = towards - beside;
        beside += Math.abs(left) <= step ? left : Math.signum(left) * step;
    }
}
