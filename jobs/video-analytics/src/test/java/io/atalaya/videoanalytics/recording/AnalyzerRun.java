package io.atalaya.videoanalytics.recording;

import io.atalaya.videoanalytics.camera.CameraAnalyzer;
import io.atalaya.videoanalytics.camera.CameraAnalyzerSettings;
import io.atalaya.videoanalytics.episode.EpisodeUpdate;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Runs a recording through one analyzer per camera, with timers on the watermark of all cameras.
 */
public final class AnalyzerRun {
    private final CameraAnalyzerSettings settings;
    private final Map<String, CameraAnalyzer> watches = new HashMap<>();
    private final List<EmittedUpdate> emitted = new ArrayList<>();

    /** One revision with its camera. */
    public record EmittedUpdate(String deviceId, EpisodeUpdate update) {}

    public AnalyzerRun(CameraAnalyzerSettings settings) {
        this.settings = settings;
    }

    /** Runs all frames, in the given order. */
    public AnalyzerRun feed(List<CameraRecording.Arrived> frames) {
        for (CameraRecording.Arrived frame : frames) {
            feed(frame);
        }
        return this;
    }

    /** Runs one frame. */
    public void feed(CameraRecording.Arrived arrived) {
        for (Map.Entry<String, CameraAnalyzer> each : watches.entrySet()) {
            if (each.getValue().timerAt() <= arrived.at()) {
                add(each.getKey(), each.getValue().onTime(each.getValue().timerAt()));
            }
        }
        String deviceId = arrived.frame().deviceId();
        CameraAnalyzer watch =
                watches.computeIfAbsent(deviceId, id -> new CameraAnalyzer(settings));
        add(deviceId, watch.onFrame(arrived.frame(), arrived.at()));
    }

    private void add(String deviceId, List<EpisodeUpdate> updates) {
        for (EpisodeUpdate each : updates) {
            emitted.add(new EmittedUpdate(deviceId, each));
        }
    }

    /** All emitted revisions, in order. */
    public List<EmittedUpdate> emitted() {
        return emitted;
    }

    public Map<String, CameraAnalyzer> watches() {
        return watches;
    }
}
