package io.atalaya.videoanalytics.recording;

import io.atalaya.contracts.alert.Alert;
import io.atalaya.contracts.alert.AlertType;
import io.atalaya.simulator.truth.GroundTruth;
import io.atalaya.videoanalytics.episode.EpisodeUpdate;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * Compares emitted alerts with the ground truth. An alert is right if its type and camera are those
 * of an episode and it overlaps this in time. An alert that the ground truth excuses is neither
 * right nor false.
 */
public final class CameraScore {
    /** Time that a queue takes to clear after its cause, 60 s in ms. */
    private static final long AFTER = 60_000;

    private final Map<String, Type> types = new TreeMap<>();
    private final List<String> falseOnes = new ArrayList<>();
    private final List<String> missed = new ArrayList<>();
    private int alerts;
    private int excused;
    private int cancelled;
    private int episodes;

    /** Figures of one alert type. */
    public static final class Type {
        private int required;
        private int found;
        private int alerts;
        private int falseAlerts;
        private final List<Long> delays = new ArrayList<>();

        public int required() {
            return required;
        }

        public int found() {
            return found;
        }

        public int falseAlerts() {
            return falseAlerts;
        }

        /** Median delay in seconds; NaN if no episode was found. */
        public double medianDelay() {
            if (delays.isEmpty()) {
                return Double.NaN;
            }
            List<Long> sorted = new ArrayList<>(delays);
            Collections.sort(sorted);
            return sorted.get(sorted.size() / 2) / 1000.0;
        }
    }

    private record One(String deviceId, EpisodeUpdate first, EpisodeUpdate last) {
        boolean isAt(GroundTruth.CameraEpisode anomaly, long after) {
            return anomaly.deviceId().equals(deviceId)
                    && last.startedAt() <= anomaly.end() + after
                    && (!last.isEnded() || last.lastObservedAt() >= anomaly.start());
        }
    }

    private CameraScore() {}

    /** Scores all revisions, in order of emission. */
    public static CameraScore of(GroundTruth truth, List<AnalyzerRun.EmittedUpdate> emitted) {
        CameraScore score = new CameraScore();
        Map<String, One> byId = new LinkedHashMap<>();
        for (AnalyzerRun.EmittedUpdate each : emitted) {
            String id =
                    each.deviceId() + each.update().type().wireName() + each.update().identityKey();
            One before = byId.get(id);
            byId.put(
                    id,
                    new One(
                            each.deviceId(),
                            before == null ? each.update() : before.first(),
                            each.update()));
        }
        List<One> live = new ArrayList<>();
        for (One one : byId.values()) {
            if (one.last().status() == Alert.Status.CANCELLED) {
                score.cancelled++;
            } else {
                live.add(one);
            }
        }
        score.episodes = truth.cameraEpisodes().size();
        for (GroundTruth.CameraEpisode anomaly : truth.cameraEpisodes()) {
            score.find(anomaly, live);
        }
        for (One one : live) {
            score.evaluate(one, truth);
        }
        return score;
    }

    private Type type(String name) {
        return types.computeIfAbsent(name, n -> new Type());
    }

    private void find(GroundTruth.CameraEpisode anomaly, List<One> live) {
        Type type = type(anomaly.type());
        type.required++;
        long delay = Long.MAX_VALUE;
        for (One one : live) {
            if (one.last().type().wireName().equals(anomaly.type()) && one.isAt(anomaly, 0)) {
                delay = Math.min(delay, one.first().causedAt() - anomaly.start());
            }
        }
        if (delay == Long.MAX_VALUE) {
            missed.add(anomaly.toString());
        } else {
            type.found++;
            type.delays.add(delay);
        }
    }

    private void evaluate(One one, GroundTruth truth) {
        String name = one.last().type().wireName();
        Type type = type(name);
        type.alerts++;
        boolean right = false;
        boolean excuse = false;
        for (GroundTruth.CameraEpisode anomaly : truth.cameraEpisodes()) {
            right |= anomaly.type().equals(name) && one.isAt(anomaly, 0);
            excuse |= excuses(anomaly, one) && one.isAt(anomaly, AFTER);
        }
        for (GroundTruth.CameraEpisode speed : truth.unusualSpeeds()) {
            excuse |=
                    isSpeed(one.last().type())
                            && speed.deviceId().equals(one.deviceId())
                            && !Collections.disjoint(speed.trackIds(), one.last().trackIds());
        }
        if (right) {
            alerts++;
        } else if (excuse) {
            excused++;
        } else {
            alerts++;
            type.falseAlerts++;
            falseOnes.add(
                    one.deviceId()
                            + " "
                            + name
                            + " since "
                            + one.first().startedAt()
                            + " raised "
                            + one.first().causedAt()
                            + " for "
                            + Duration.ofMillis(
                                    one.last().lastObservedAt() - one.first().startedAt())
                            + " "
                            + one.last().trackIds()
                            + String.format(
                                    " %.3g/%.3g/%.3g",
                                    one.first().value(), one.first().limit(), one.first().more()));
        }
    }

    private static boolean isSpeed(AlertType type) {
        return type == AlertType.SPEEDING || type == AlertType.CRAWLING;
    }

    private static boolean excuses(GroundTruth.CameraEpisode anomaly, One one) {
        AlertType type = one.last().type();
        return switch (anomaly.type()) {
            case "stopped-vehicle", "congestion" ->
                    type == AlertType.STOPPED_VEHICLE
                            || type == AlertType.CONGESTION
                            || type == AlertType.CRAWLING;
            case "crowd" -> type == AlertType.LOITERING;
            default -> false;
        };
    }

    public Type of(AlertType type) {
        return type(type.wireName());
    }

    /** Share of the episodes that were found. */
    public double found() {
        int found = types.values().stream().mapToInt(type -> type.found).sum();
        return (double) found / episodes;
    }

    /** Alerts per episode, without the excused ones. */
    public double alertsPerIncident() {
        return (double) alerts / episodes;
    }

    public List<String> falseOnes() {
        return falseOnes;
    }

    public List<String> missed() {
        return missed;
    }

    /** The figures as a table. */
    public String table() {
        StringBuilder text = new StringBuilder();
        text.append(
                String.format(
                        "%-20s %9s %7s %6s %8s%n", "type", "found", "alerts", "false", "delay s"));
        types.forEach(
                (name, type) ->
                        text.append(
                                String.format(
                                        "%-20s %4d/%-4d %7d %6d %8.1f%n",
                                        name,
                                        type.found,
                                        type.required,
                                        type.alerts,
                                        type.falseAlerts,
                                        type.medianDelay())));
        text.append(
                String.format(
                        "%d alerts about %d incidents, %d excused, %d cancelled, %d false%n",
                        alerts, episodes, excused, cancelled, falseOnes.size()));
        return text.toString();
    }
}
