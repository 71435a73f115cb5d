package io.atalaya.videoanalytics.recording;

import io.atalaya.videoanalytics.camera.CameraWatch;
import io.atalaya.videoanalytics.camera.WatchSettings;
import io.atalaya.videoanalytics.episode.EpisodeUpdate;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Runs a recording through a watch for each camera, timers by the arrival clock of all. */
public final class WatchRun {
    private final WatchSettings settings;
    private final Map<String, CameraWatch> watches = new HashMap<>();
    private final List<Told> told = new ArrayList<>();

    /** One revision, and the camera that it is about. */
    public record Told(String deviceId, EpisodeUpdate news) {}

    public WatchRun(WatchSettings settings) {
        this.settings = settings;
    }

    /** Runs all frames, in the given order. */
    public WatchRun feed(List<CameraRecording.Arrived> frames) {
        for (CameraRecording.Arrived frame : frames) {
            feed(frame);
        }
        return this;
    }

    /** Runs one frame. */
    public void feed(CameraRecording.Arrived arrived) {
        for (Map.Entry<String, CameraWatch> each : watches.entrySet()) {
            if (each.getValue().timer() <= arrived.at()) {
                add(each.getKey(), each.getValue().onTime(each.getValue().timer()));
            }
        }
        String deviceId = arrived.frame().deviceId();
        CameraWatch watch = watches.computeIfAbsent(deviceId, id -> new CameraWatch(settings));
        add(deviceId, watch.onFrame(arrived.frame(), arrived.at()));
    }

    private void add(String deviceId, List<EpisodeUpdate> news) {
        for (EpisodeUpdate each : news) {
            told.add(new Told(deviceId, each));
        }
    }

    /** Everything told, in order. */
    public List<Told> told() {
        return told;
    }

    public Map<String, CameraWatch> watches() {
        return watches;
    }
}
