package io.atalaya.videoanalytics.recording;

import io.atalaya.contracts.camera.CameraFrame;
import io.atalaya.contracts.camera.DetectedObject;
import io.atalaya.contracts.camera.adapter.BoxUnits;
import io.atalaya.contracts.camera.format.FrameFormat;
import io.atalaya.contracts.json.InvalidRecordException;
import io.atalaya.videoanalytics.recording.CameraRecording.Arrived;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * Tracks of real people and vehicles, annotated or detected in real videos, sent as a camera would:
 * every frame, at the video's own rate. docs/real-tracks.md describes the results of each.
 */
public final class RealTracks {
    /** The annotations of the videos, relative to the working directory of the tests. */
    public static final Path DATA = Path.of("../../../shared/data");

    private static final Path TRACKS = DATA.resolve("tracks");
    private static final long START = 1_772_542_800_000L;
    private static final long DELAY = 100;
    private static final long PAUSE = 5_000;

    private RealTracks() {}

    /**
     * A video.
     *
     * @param fps frames per second
     * @param width image width, in pixels
     * @param height image height, in pixels
     * @param frames the objects in each frame, from first to last
     */
    public record Film(
            String name, double fps, double width, double height, List<List<Box>> frames) {

        /** The first half, or the second. */
        public Film half(int which) {
            int middle = frames.size() / 2;
            return with(
                    which == 0 ? frames.subList(0, middle) : frames.subList(middle, frames.size()));
        }

        /** Without a random half of the objects. */
        public Film some(Random lot) {
            Map<String, Boolean> comes = new HashMap<>();
            return with(
                    frames.stream()
                            .map(
                                    boxes ->
                                            boxes.stream()
                                                    .filter(
                                                            box ->
                                                                    comes.computeIfAbsent(
                                                                            box.id(),
                                                                            id ->
                                                                                    lot
                                                                                            .nextBoolean()))
                                                    .toList())
                            .toList());
        }

        private Film with(List<List<Box>> others) {
            return new Film(name, fps, width, height, others);
        }

        /** Its duration, ms. */
        public long millis() {
            return Math.round(1000 * frames.size() / fps);
        }

        @Override
        public String toString() {
            return name;
        }

        private List<DetectedObject> objects(List<Box> boxes) {
            return boxes.stream()
                    .map(
                            box ->
                                    new DetectedObject(
                                            box.id(),
                                            box.type(),
                                            1,
                                            box.left() / width,
                                            box.top() / height,
                                            box.width() / width,
                                            box.height() / height))
                    .toList();
        }
    }

    /** An object in one frame; its box in pixels. */
    public record Box(
            String id, String type, double left, double top, double width, double height) {}

    /**
     * Sends videos one after another from one camera, as if its stream broke off between them;
     * track ids start again each time.
     */
    public static List<Arrived> show(List<Film> films) {
        List<Arrived> all = new ArrayList<>();
        long start = START;
        long number = 0;
        for (Film film : films) {
            for (int f = 0; f < film.frames().size(); f++) {
                long time = start + Math.round(1000 * f / film.fps());
                List<DetectedObject> objects = film.objects(film.frames().get(f));
                all.add(
                        new Arrived(
                                new CameraFrame(film.name(), time, number++, objects),
                                time + DELAY));
            }
            start += film.millis() + PAUSE;
        }
        return all;
    }

    /** PETS 2009 S2.L1, view 1: people who walk about and meet. 7 frames per second, 768 × 576. */
    public static Film pets() throws IOException {
        SortedMap<Integer, List<Box>> frames = new TreeMap<>();
        List<String> lines = lines("pets2009/PETS2009-S2L1.gt.csv");
        for (String line : lines.subList(1, lines.size())) {
            String[] p = line.split(",");
            add(frames, p[0], new Box(p[1], "Person", d(p[2]), d(p[3]), d(p[4]), d(p[5])));
        }
        return new Film("PETS09-S2L1", 7, 768, 576, whole(frames));
    }

    /** A scene of the Stanford Drone Dataset, from above, 30 frames per second. */
    public static Film drone(String name, double width, double height) throws IOException {
        SortedMap<Integer, List<Box>> frames = new TreeMap<>();
        for (String line : lines("sdd_small/" + name + "_annotations.txt")) {
            String[] p = line.split(" ");
            boolean isSeen = p[6].equals("0") && p[7].equals("0");
            if (isSeen) {
                double left = d(p[1]);
                double top = d(p[2]);
                add(
                        frames,
                        p[5],
                        new Box(
                                p[0],
                                p[9].replace("\"", ""),
                                left,
                                top,
                                d(p[3]) - left,
                                d(p[4]) - top));
            }
        }
        return new Film("SDD-" + name, 29.97, width, height, whole(frames));
    }

    /** A drive of the KITTI tracking benchmark with a moving camera, 10 frames per second. */
    public static Film drive(String number) throws IOException {
        SortedMap<Integer, List<Box>> frames = new TreeMap<>();
        for (String line : lines("kitti/label_02_" + number + ".txt")) {
            String[] p = line.split(" ");
            if (!p[2].equals("DontCare")) {
                double left = d(p[6]);
                double top = d(p[7]);
                add(frames, p[0], new Box(p[1], p[2], left, top, d(p[8]) - left, d(p[9]) - top));
            }
        }
        return new Film("KITTI-" + number, 10, 1242, 375, whole(frames));
    }

    /** Detections without a tracker: every box has its own id. */
    public static Film detections(String file, String type, double fps, double width, double height)
            throws IOException {
        SortedMap<Integer, List<Box>> frames = new TreeMap<>();
        int n = 0;
        for (String line : lines(file)) {
            String[] p = line.split(",");
            add(frames, p[0], new Box("d" + n++, type, d(p[2]), d(p[3]), d(p[4]), d(p[5])));
        }
        String name = Path.of(file).getFileName().toString().replace(".det.txt", "-detections");
        return new Film(name, fps, width, height, whole(frames));
    }

    /** The recording of a garage by NVIDIA DeepStream, in order of arrival with late frames. */
    public static List<Arrived> garage() throws IOException, InvalidRecordException {
        List<Arrived> all = new ArrayList<>();
        long arrival = 0;
        for (String line :
                Files.readAllLines(
                        DATA.resolve("payloads/deepstream/smart-parking-demo-1.jsonl"))) {
            byte[] message = line.getBytes(StandardCharsets.UTF_8);
            for (CameraFrame frame : FrameFormat.DEEPSTREAM.read(message, null, BoxUnits.DEFAULT)) {
                arrival = Math.max(arrival, frame.deviceTime() + DELAY);
                all.add(new Arrived(frame, arrival));
            }
        }
        return all;
    }

    private static List<String> lines(String file) throws IOException {
        return Files.readAllLines(TRACKS.resolve(file));
    }

    private static double d(String number) {
        return Double.parseDouble(number);
    }

    private static void add(SortedMap<Integer, List<Box>> frames, String frame, Box box) {
        frames.computeIfAbsent(Integer.valueOf(frame), f -> new ArrayList<>()).add(box);
    }

    private static List<List<Box>> whole(SortedMap<Integer, List<Box>> frames) {
        List<List<Box>> all = new ArrayList<>();
        for (int f = frames.firstKey(); f <= frames.lastKey(); f++) {
            all.add(frames.getOrDefault(f, List.of()));
        }
        return all;
    }
}
