package io.atalaya.videoanalytics.recording;

import io.atalaya.contracts.camera.CameraFrame;
import io.atalaya.contracts.camera.DetectedObject;
import io.atalaya.videoanalytics.recording.CameraRecording.Arrived;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/**
 * A street in view of a camera 8 m high: two lanes lead away on the right, two come nearer on the
 * left, with pavements beside them. Boxes jitter, and the tracker misses one detection in 50.
 * Seeded, so that the street is the same every time.
 */
public final class Street {
    public static final String CAMERA = "CAM-1";
    public static final long START = 1_772_542_800_000L;

    private static final double HEIGHT = 8;
    private static final double ASPECT = 16.0 / 9;
    private static final double HORIZON = 0.18;
    private static final double NEAR = 12;
    private static final double FAR = 150;

    private final Random random;
    private final double fps;
    private final List<Actor> actors = new ArrayList<>();
    private double shift;
    private double shiftFrom = Double.MAX_VALUE;
    private double sway;
    private double swayFrom = Double.MAX_VALUE;
    private int nextId = 1;

    /** An object, by its position over time. */
    public interface Place {
        /** Metres to the right and away from the camera, or null if not in view. */
        double[] at(double seconds);
    }

    private static final class Actor {
        private final String type;
        private final double width;
        private final double height;
        private final Place place;
        private String id;
        private double renamedAt;
        private double lostUntil;

        Actor(String type, double width, double height, Place place) {
            this.type = type;
            this.width = width;
            this.height = height;
            this.place = place;
        }
    }

    public Street(long seed, double fps) {
        this.random = new Random(seed);
        this.fps = fps;
    }

    /** Adds typical traffic between these seconds. */
    public Street withTraffic(double from, double until) {
        for (double t = from; t < until; t += 4 + 8 * random.nextDouble()) {
            int lane = random.nextInt(4);
            double pace = 13 + 3 * random.nextGaussian();
            addVehicle(t, lane, Math.max(8, pace));
        }
        for (double t = from; t < until; t += 20 + 40 * random.nextDouble()) {
            double side = random.nextBoolean() ? 9 + random.nextDouble() : -9 - random.nextDouble();
            walk(t, side, random.nextBoolean(), 1.2 + 0.3 * random.nextDouble());
        }
        return this;
    }

    private void addVehicle(double from, int lane, double pace) {
        if (lane < 2) {
            double x = lane == 0 ? 2.2 : 5.4;
            vehicle(s -> between(x, NEAR + pace * (s - from)));
        } else {
            double x = lane == 2 ? -2.2 : -5.4;
            vehicle(s -> between(x, FAR - pace * (s - from)));
        }
    }

    private void walk(double from, double x, boolean away, double pace) {
        person(s -> between(x, away ? NEAR + pace * (s - from) : 0.7 * FAR - pace * (s - from)));
    }

    /** The position, or null if it is outside of the street. */
    public static double[] between(double x, double z) {
        return z >= NEAR && z <= FAR ? new double[] {x, z} : null;
    }

    public Street vehicle(Place place) {
        actors.add(new Actor("Car", 1.8, 1.5, place));
        return this;
    }

    public Street person(Place place) {
        actors.add(new Actor("Human", 0.6, 1.7, place));
        return this;
    }

    public Street bag(Place place) {
        actors.add(new Actor("Bag", 0.6, 0.5, place));
        return this;
    }

    /** From then on the camera is turned to the right by this many image widths. */
    public Street turnedAt(double seconds, double by) {
        shiftFrom = seconds;
        shift = by;
        return this;
    }

    /** From then on the wind moves the camera to and fro by this share of the image. */
    public Street swaysFrom(double seconds, double by) {
        swayFrom = seconds;
        sway = by;
        return this;
    }

    /** The frames of this period, in order of arrival. */
    public List<Arrived> film(double from, double until) {
        List<Arrived> frames = new ArrayList<>();
        long number = 0;
        for (double s = from; s < until; s += 1 / fps) {
            long time = START + Math.round(s * 1000);
            List<DetectedObject> objects = new ArrayList<>();
            for (Actor actor : actors) {
                double[] place = actor.place.at(s);
                if (place != null) {
                    see(actor, place, s, objects);
                }
            }
            frames.add(new Arrived(new CameraFrame(CAMERA, time, number++, objects), time + 100));
        }
        return frames;
    }

    private void see(Actor actor, double[] place, double s, List<DetectedObject> objects) {
        if (actor.id == null || s >= actor.renamedAt) {
            if (actor.id != null) {
                actor.lostUntil = s + 1 + 2 * random.nextDouble();
            }
            actor.id = String.valueOf(nextId++);
            actor.renamedAt = s + 30 + 60 * random.nextDouble();
        }
        if (s < actor.lostUntil || random.nextDouble() < 0.02) {
            return;
        }
        double z = place[1];
        double width = actor.width / z / ASPECT;
        double height = actor.height / z;
        double x = 0.5 + place[0] / z / ASPECT - width / 2 - (s >= shiftFrom ? shift : 0);
        double y = HORIZON + HEIGHT / z - height;
        if (s >= swayFrom) {
            x += sway * (Math.sin(s) + Math.sin(1.7 * s));
            y += sway * (Math.cos(1.3 * s) + Math.sin(0.9 * s));
        }
        double tremble = 0.03;
        x += tremble * width * random.nextGaussian();
        y += tremble * height * random.nextGaussian();
        double left = Math.max(0, x);
        double top = Math.max(0, y);
        double right = Math.min(1, x + width);
        double bottom = Math.min(1, y + height);
        if (right - left > 0.3 * width && bottom - top > 0.3 * height) {
            objects.add(
                    new DetectedObject(
                            actor.id, actor.type, 0.8, left, top, right - left, bottom - top));
        }
    }
}
