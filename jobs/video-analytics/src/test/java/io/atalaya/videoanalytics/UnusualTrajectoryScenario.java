package io.atalaya.videoanalytics;

import io.atalaya.contracts.camera.CameraFrame;
import io.atalaya.contracts.topic.TopicRecord;
import io.atalaya.videoanalytics.recording.CameraRecording.Arrived;
import io.atalaya.videoanalytics.recording.Street;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Random;

/**
 * Two quiet streets with about one vehicle per minute, for some hours, until the trajectory model
 * knows them. Then a vehicle makes a U-turn in each. The scenario is cut before that, so that the
 * anomaly depends on learned state.
 */
final class UnusualTrajectoryScenario {
    /**
     * The largest budget makes cameras known soonest. Silence alerts are disabled because hours are
     * published at once: if one partition is read 0.5 s later than another, its camera seems silent
     * for minutes.
     */
    static final Map<String, String> SETTINGS =
            Map.of("models.budget", "10", "alerts.triage", "camera-silent:OFF");

    static final int CAMERAS = 2;

    private static final int FPS = 2;
    private static final double CUT = 13_800;
    private static final double TURNS = 14_000;
    private static final double END = 14_060;
    private static final double PACE = 13;

    private UnusualTrajectoryScenario() {}

    /** Whether an object was first detected when the vehicles turned, or later. */
    static boolean isOfThoseThatTurned(long time) {
        return time >= Street.START + Math.round(1000 * TURNS);
    }

    static List<TopicRecord> before() {
        return film(0, CUT);
    }

    static List<TopicRecord> after() {
        return film(CUT, END);
    }

    private static List<TopicRecord> film(double from, double until) {
        List<Arrived> all = new ArrayList<>();
        for (int i = 0; i < CAMERAS; i++) {
            for (Arrived each : street(31 + i).film(0, END)) {
                CameraFrame frame = each.frame();
                all.add(
                        new Arrived(
                                new CameraFrame(
                                        StreetScenario.camera(i),
                                        frame.deviceTime(),
                                        frame.frameId(),
                                        frame.objects()),
                                each.at() + i));
            }
        }
        all.sort(Comparator.comparingLong(Arrived::at));
        return all.stream()
                .filter(each -> each.frame().deviceTime() >= Street.START + Math.round(1000 * from))
                .filter(each -> each.frame().deviceTime() < Street.START + Math.round(1000 * until))
                .map(each -> StreetScenario.record(each.frame(), each.at()))
                .toList();
    }

    private static Street street(long seed) {
        Random random = new Random(seed);
        Street street = new Street(seed, FPS);
        for (double t = 5; t < TURNS - 30; t += 45 + 20 * random.nextDouble()) {
            double from = t;
            double pace = PACE + random.nextGaussian();
            boolean away = random.nextBoolean();
            double x = (away ? 3.8 : -3.8) + 0.5 * random.nextGaussian();
            street.vehicle(
                    s ->
                            Street.between(
                                    x, away ? 12 + pace * (s - from) : 150 - pace * (s - from)));
        }
        return street.vehicle(s -> turnsRound(s - TURNS));
    }

    private static double[] turnsRound(double s) {
        double turn = 4;
        double across = Math.max(-1, Math.min(1, s - turn));
        return s < 0 || s > 2 * turn
                ? null
                : new double[] {-3.8 * across, 14 + PACE * (s < turn ? s : 2 * turn - s)};
    }
}
