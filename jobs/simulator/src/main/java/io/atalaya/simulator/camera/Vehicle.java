package io.atalaya.simulator.camera;

/** One vehicle on a carriageway. Lengths are in metres, speeds in m/s. */
final class Vehicle {
    private static final double ACCELERATION = 1.6;
    private static final double BRAKING = 2.2;
    private static final double HARDEST = 7;
    private static final double HEADWAY_SECONDS = 1.3;
    private static final double MIN_GAP = 2;
    private static final double SIDEWAYS = 1.2;

    final SceneObject object;
    final double desired;
    double along;
    double speed;
    int lane;
    double beside;

    /**
     * Position of its next halt, NaN for none; {@code haltedUntil} is the end of the halt once it
     * stands, epoch ms.
     */
    double haltAt = Double.NaN;

    long haltMillis;
    long haltedUntil = -1;

    /** Distance and time while it was in view, for its mean speed. */
    double seenMetres;

    double seenSeconds;

    Vehicle(ObjectType type, double desired, int lane, double beside) {
        this.object = new SceneObject(type);
        this.desired = desired;
        this.speed = desired;
        this.lane = lane;
        this.beside = beside;
    }

    boolean isHalting() {
        return !Double.isNaN(haltAt);
    }

    double length() {
        return object.type().length();
    }

    /**
     * Advances the vehicle by the intelligent driver model, which keeps a distance.
     *
     * @param limit speed limit of the road
     * @param gap gap to the vehicle ahead
     * @param ahead speed of the vehicle ahead
     */
    void drive(double seconds, double limit, double gap, double ahead) {
        double target = Math.min(desired, limit);
        double closing = speed - ahead;
        double wanted =
                MIN_GAP
                        + Math.max(
                                0,
                                speed * HEADWAY_SECONDS
                                        + speed
                                                * closing
                                                / (2 * Math.sqrt(ACCELERATION * BRAKING)));
        double free = speed / Math.max(0.5, target);
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
