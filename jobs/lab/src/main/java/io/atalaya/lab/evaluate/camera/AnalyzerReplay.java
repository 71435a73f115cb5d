package io.atalaya.lab.evaluate.camera;

import io.atalaya.contracts.camera.CameraFrameCodec;
import io.atalaya.contracts.device.Device;
import io.atalaya.contracts.json.InvalidRecordException;
import io.atalaya.contracts.topic.TopicRecord;
import io.atalaya.contracts.topic.Topics;
import io.atalaya.lab.evaluate.score.ScoredAlert;
import io.atalaya.videoanalytics.camera.CameraAnalyzer;
import io.atalaya.videoanalytics.camera.CameraAnalyzerSettings;
import io.atalaya.videoanalytics.episode.AlertPolicy;
import io.atalaya.videoanalytics.episode.EpisodeAlertComposer;
import io.atalaya.videoanalytics.episode.EpisodeUpdate;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Runs recorded frames through the camera job's analyzers, without Kafka and Flink. The job's
 * models, its caches, and the outage of many cameras at once are not part of it.
 */
public final class AnalyzerReplay {
    private final EpisodeAlertComposer composer = new EpisodeAlertComposer(AlertPolicy.DEFAULT);
    private final Map<String, Device> devices = new HashMap<>();
    private final Map<String, CameraAnalyzer> analyzers = new HashMap<>();
    private final List<ScoredAlert> revisions = new ArrayList<>();
    private long lastArrival;

    /**
     * Processes the next record in order of arrival; other topics are skipped.
     *
     * @throws InvalidRecordException if it is malformed
     */
    public void add(TopicRecord record) throws InvalidRecordException {
        switch (record.topic()) {
            case Topics.DEVICES -> {
                Device device = Device.CODEC.read(record.value());
                devices.put(device.deviceId(), device);
                if (analyzers.containsKey(device.deviceId())) {
                    analyzers.get(device.deviceId()).draw(device.zones());
                }
            }
            case Topics.CAMERA_FRAMES -> {
                lastArrival = Math.max(lastArrival, record.timestamp());
                add(
                        record.key(),
                        analyzers
                                .computeIfAbsent(record.key(), this::analyzer)
                                .onFrame(
                                        CameraFrameCodec.read(record.value()), record.timestamp()));
            }
            default -> {}
        }
    }

    private CameraAnalyzer analyzer(String deviceId) {
        CameraAnalyzer analyzer = new CameraAnalyzer(CameraAnalyzerSettings.DEFAULT);
        Device device = devices.get(deviceId);
        analyzer.draw(device == null ? List.of() : device.zones());
        return analyzer;
    }

    private void add(String deviceId, List<EpisodeUpdate> updates) {
        for (EpisodeUpdate update : updates) {
            revisions.add(
                    ScoredAlert.of(
                            composer.compose(
                                    update, deviceId, devices.get(deviceId), update.causedAt())));
        }
    }

    /** Lets the time go on to the last record, and returns all revisions of all alerts. */
    public List<ScoredAlert> revisions() {
        analyzers.forEach((id, analyzer) -> add(id, analyzer.onTime(lastArrival)));
        return revisions;
    }
}
