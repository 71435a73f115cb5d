package io.atalaya.bench.video;

import io.atalaya.contracts.camera.CameraFrame;
import io.atalaya.contracts.camera.CameraFrameCodec;
import io.atalaya.contracts.camera.DetectedObject;
import io.atalaya.contracts.device.Device;
import io.atalaya.contracts.device.Zone;
import io.atalaya.contracts.topic.TopicRecord;
import io.atalaya.contracts.topic.Topics;

import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.function.Consumer;

/**
 * Simulated frames of street cameras: eight objects per frame on average, vehicles on two lanes and
 * people beside them, larger when nearer, two frames a second. Cameras take turns, so that all are
 * live at any moment. Deterministic for a seed.
 */
public final class CityFilm {
    public static final long FRAME_MS = 500;

    /** Number of different scenes; further cameras repeat them under their own names. */
    public static final int SCENES = 50;

    private static final int MEAN_OBJECTS = 8;
    private static final int BOX_DIGITS = 10_000;
    private static final String PREFIX = "CAM-";
    private static final String ZONE = "patio";

    private final int cameras;
    private final long seed;

    public CityFilm(int cameras, long seed) {
        this.cameras = cameras;
        this.seed = seed;
    }

    static String camera(int i) {
        return PREFIX + "%05d".formatted(i);
    }

    /** The number of the camera with this name. */
    static int number(String camera) {
        return Integer.parseInt(camera.substring(PREFIX.length()));
    }

    /** The scene of a camera. */
    static int scene(int camera) {
        return camera % SCENES;
    }

    /** Number of scenes used. */
    int scenes() {
        return Math.min(SCENES, cameras);
    }

    /** Registrations; each camera has a zone in a corner that regular objects do not enter. */
    List<TopicRecord> devices(long arrival) {
        List<TopicRecord> records = new ArrayList<>(cameras);
        Zone zone =
                new Zone(
                        ZONE,
                        Zone.Kind.RESTRICTED,
                        List.of(
                                new Zone.Point(0, 0.9f),
                                new Zone.Point(0.1f, 0.9f),
                                new Zone.Point(0.1f, 1),
                                new Zone.Point(0, 1)));
        for (int i = 0; i < cameras; i++) {
            Device device =
                    new Device(
                            camera(i),
                            Device.Kind.CAMERA,
                            i % 2 == 0 ? "TOLUCA" : "ECATEPEC",
                            null,
                            19.2,
                            -99.6,
                            null,
                            null,
                            2.0,
                            null,
                            List.of(zone));
            records.add(
                    new TopicRecord(
                            Topics.DEVICES, arrival, camera(i), Device.CODEC.write(device)));
        }
        return records;
    }

    /**
     * Frames in order of arrival, one of each camera in turn.
     *
     * @param first number of each camera's first frame
     * @param start its time
     * @return number of objects in all frames
     */
    long film(int frames, int first, long start, Consumer<TopicRecord> to) {
        long objects = 0;
        for (int n = 0; n < frames; n++) {
            int camera = n % cameras;
            int number = n / cameras;
            long time = start + number * FRAME_MS + camera * FRAME_MS / cameras;
            to.accept(frame(camera, first + number, time, false));
            objects += slots(camera);
        }
        return objects;
    }

    private int slots(int camera) {
        return MEAN_OBJECTS / 2
                + new SplittableRandom(seed + scene(camera)).nextInt(MEAN_OBJECTS + 1);
    }

    /**
     * One frame.
     *
     * @param number number of the frame, which determines all positions
     * @param intruder whether a person is in the zone
     */
    public TopicRecord frame(int camera, int number, long time, boolean intruder) {
        List<DetectedObject> objects = new ArrayList<>(2 * MEAN_OBJECTS);
        SplittableRandom of = new SplittableRandom(seed + scene(camera));
        int slots = slots(camera);
        SplittableRandom jitter = new SplittableRandom(seed + 31L * number + scene(camera));
        for (int slot = 0; slot < slots; slot++) {
            objects.add(object(of.split(), slot, number, jitter));
        }
        if (intruder) {
            objects.add(box("i" + camera, "Human", 0.05, 0.95, 0.03, 0.1, jitter));
        }
        CameraFrame frame = new CameraFrame(camera(camera), time, (long) number, objects);
        return new TopicRecord(
                Topics.CAMERA_FRAMES, time, camera(camera), CameraFrameCodec.write(frame));
    }

    /** Each slot contains one object after another, moving from far to near or back. */
    private static DetectedObject object(
            SplittableRandom of, int slot, int number, SplittableRandom jitter) {
        boolean isVehicle = slot % 3 != 2;
        int crossing = isVehicle ? 12 + of.nextInt(8) : 80 + of.nextInt(60);
        int at = number + of.nextInt(crossing);
        double progress = (double) (at % crossing) / crossing;
        boolean isApproaching = slot % 2 == 0;
        double near = isApproaching ? progress : 1 - progress;
        double y = 0.25 + 0.6 * near * near;
        double size = 0.02 + 0.16 * near * near;
        double side = (isVehicle ? 0.12 : 0.3) * (isApproaching ? -1 : 1);
        return box(
                slot + "-" + at / crossing,
                isVehicle ? "Car" : "Human",
                0.5 + side * (0.3 + near),
                y,
                isVehicle ? size : size / 3,
                size,
                jitter);
    }

    private static DetectedObject box(
            String id,
            String type,
            double x,
            double y,
            double width,
            double height,
            SplittableRandom jitter) {
        double amplitude = 0.03 * height;
        return new DetectedObject(
                id,
                type,
                0.5 + 0.5 * jitter.nextInt(100) / 100,
                rounded(x - width / 2 + amplitude * (jitter.nextDouble() - 0.5)),
                rounded(y - height + amplitude * (jitter.nextDouble() - 0.5)),
                rounded(width),
                rounded(height));
    }

    private static double rounded(double value) {
        return (double) Math.round(value * BOX_DIGITS) / BOX_DIGITS;
    }
}
