package io.atalaya.videoanalytics.metrics;

import io.atalaya.contracts.alert.AlertType;
import io.atalaya.flink.bulkhead.Bulkhead;
import io.atalaya.flink.metrics.DeclaredMetric;
import io.atalaya.flink.parse.ParseOperator;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

import static io.atalaya.flink.metrics.DeclaredMetric.counter;
import static io.atalaya.flink.metrics.DeclaredMetric.gauge;
import static io.atalaya.flink.metrics.DeclaredMetric.histogram;
import static io.atalaya.flink.metrics.DeclaredMetric.latency;

/** Every metric of the job, in the order in which its documentation lists them. */
public final class VideoAnalyticsMetrics {
    public static final DeclaredMetric MESSAGES_WITHOUT_FRAME =
            DeclaredMetric.counter(
                    "messagesWithoutFrame",
                    "messages",
                    "Camera messages without a frame: events, motion, positions.");

    public static final DeclaredMetric FRAMES =
            counter("frames", "frames", "Processed frames, late and repeated ones included.");

    public static final DeclaredMetric OBJECTS =
            counter("objects", "objects", "Objects in these frames, usable or not.");

    public static final DeclaredMetric FRAMES_OF_UNREGISTERED_CAMERAS =
            counter(
                    "framesOfUnregisteredCameras",
                    "frames",
                    "Frames of cameras that are not registered. They are analysed, and their alerts have no"
                            + " site.");

    public static final DeclaredMetric ARRIVAL_TO_ALERT =
            latency(
                    "arrivalToAlertMs",
                    "From the arrival of the frame that confirms an episode, or from the moment that"
                            + " confirms a silence, to the emission of the new alert.");

    public static final DeclaredMetric CACHED_CAMERAS =
            gauge("cachedCameras", "cameras", "Cameras that are ready for their next frame.");

    public static final DeclaredMetric CAMERA_LOADS =
            gauge(
                    "cameraLoads",
                    "times",
                    "Cameras decoded from state since the start. If it grows as fast as frames come, the"
                            + " cache is too small for the cameras that send.");

    public static final DeclaredMetric STATE_BYTES_WRITTEN =
            gauge("stateBytesWritten", "bytes", "Bytes of encoded camera state since the start.");

    public static final DeclaredMetric LARGEST_CAMERA_BYTES =
            gauge(
                    "largestCameraBytes",
                    "bytes",
                    "The largest encoded state of one camera; never above 65,536.");

    public static final DeclaredMetric EVICTED_CAMERAS =
            counter(
                    "evictedCameras",
                    "cameras",
                    "Cameras that were evicted because they send nothing any more.");

    public static final DeclaredMetric STEADY_CAMERAS =
            gauge(
                    "steadyCameras",
                    "cameras",
                    "Cameras that send without long pauses. Outages are detected by them.");

    public static final DeclaredMetric QUIET_CAMERAS =
            gauge("quietCameras", "cameras", "Steady cameras that pause and have no alert.");

    public static final DeclaredMetric PENDING_LINK_CHANGES =
            gauge(
                    "pendingLinkChanges",
                    "changes",
                    "Pauses and returns of cameras that wait for the watermark.");

    public static final DeclaredMetric OUTAGES =
            counter("outages", "times", "Outages: many cameras fell silent at once.");

    public static final DeclaredMetric SILENCES_SUPPRESSED =
            counter(
                    "silencesSuppressed",
                    "alerts",
                    "Silences of single cameras that were suppressed because an outage explains them.");

    public static final DeclaredMetric SUPPRESSED_OBSERVATIONS =
            counter(
                    "suppressedObservations",
                    "observations",
                    "Tracks and activity samples that a model learned from without scoring them, because an"
                            + " episode explains them.");

    public static final DeclaredMetric BATCH_SIZE =
            histogram("batchSize", "rows", "Rows in one model run.");

    public static final DeclaredMetric INFERENCE =
            histogram("inferenceUs", "µs", "Duration of one model run, for a whole batch.");

    public static final DeclaredMetric ARRIVAL_TO_ANOMALY =
            latency(
                    "arrivalToAnomalyMs",
                    "From the arrival of the frame that completes a track or an activity sample to the"
                            + " emission of its alert.");

    public static final DeclaredMetric CACHED_CAMERA_MODELS =
            gauge(
                    "cachedCameraModels",
                    "cameras",
                    "Cameras whose models' learned state is on the heap.");

    public static final DeclaredMetric CAMERA_MODEL_LOADS =
            gauge(
                    "cameraModelLoads",
                    "times",
                    "Learned states read from state since the start. If it grows as fast as tracks come,"
                            + " `models.cached` is too small.");

    public static final DeclaredMetric ACCEPTED_MODEL_REQUESTS =
            counter(
                    "acceptedModelRequests",
                    "requests",
                    "Requests of `model-control` that were accepted because their versions work. The others"
                            + " are among the rejected records.");

    public static final DeclaredMetric MODEL_SWITCHES =
            gauge(
                    "modelSwitches",
                    "times",
                    "Switches to another version of a model in this subtask since the start.");

    public static final DeclaredMetric FAILED_MODEL_SWITCHES =
            gauge(
                    "failedModelSwitches",
                    "times",
                    "Accepted versions that could not be loaded in this process, or failed in service."
                            + " Another version serves instead. The log says why.");

    /**
     * Comparison of a shadow version with the active one.
     *
     * @param compared observations
     * @param both alerts of both versions
     * @param activeAlone alerts of the active version only
     * @param shadowAlone alerts of the shadow only
     * @param apart mean distance of their p-values
     */
    public record OfShadow(
            DeclaredMetric compared,
            DeclaredMetric both,
            DeclaredMetric activeAlone,
            DeclaredMetric shadowAlone,
            DeclaredMetric apart) {

        private static OfShadow named(String name) {
            return new OfShadow(
                    gauge(
                            name + "ShadowCompared",
                            "observations",
                            "Observations scored by the active and the shadow version, since the shadow"
                                    + " runs, at cameras that both know."),
                    gauge(name + "AlertsOfBoth", "alerts", "Of these, alerts of both versions."),
                    gauge(
                            name + "AlertsOfActiveAlone",
                            "alerts",
                            "Of these, alerts of the active version alone."),
                    gauge(
                            name + "AlertsOfShadowAlone",
                            "alerts",
                            "Of these, alerts that only the shadow version would raise."),
                    gauge(
                            name + "ShadowApart",
                            "powers of ten",
                            "Mean distance between the two p-values of an observation."));
        }

        private List<DeclaredMetric> all() {
            return List.of(compared, both, activeAlone, shadowAlone, apart);
        }
    }

    /**
     * Metrics of one model.
     *
     * @param scored scored observations
     * @param budget requested alert rate
     * @param realised actual alert rate
     * @param cameraDays camera days behind that rate
     * @param known cameras known well enough to alert
     * @param shadow comparison with its shadow
     */
    public record OfModel(
            DeclaredMetric scored,
            DeclaredMetric budget,
            DeclaredMetric realised,
            DeclaredMetric cameraDays,
            DeclaredMetric known,
            OfShadow shadow) {

        private static OfModel named(String name, String what) {
            return new OfModel(
                    counter(
                            name + "Scored",
                            "observations",
                            "Observations scored by the model of " + what + "."),
                    gauge(
                            name + "Budget",
                            "1/d",
                            "Budget of alerts per camera and day for the model of "
                                    + what
                                    + "; 0: it is not used."),
                    gauge(
                            name + "Realised",
                            "1/d",
                            "Alerts per camera and day that it raised over the last day of arrivals. Over"
                                    + " subtasks the mean weighted by `"
                                    + name
                                    + "CameraDays`; with fewer than 40 alerts it is uncertain."),
                    gauge(
                            name + "CameraDays",
                            "d",
                            "Days of cameras that it knew, over the last day of arrivals."),
                    gauge(
                            name + "Known",
                            "cameras",
                            "Cameras on the heap that it knows well enough to alert on, as of the last"
                                    + " checkpoint."),
                    OfShadow.named(name));
        }

        private List<DeclaredMetric> all() {
            List<DeclaredMetric> all =
                    new ArrayList<>(List.of(scored, budget, realised, cameraDays, known));
            all.addAll(shadow.all());
            return all;
        }
    }

    /** Alert types that the models raise. */
    public static final Set<AlertType> BY_MODELS =
            Set.copyOf(EnumSet.of(AlertType.UNUSUAL_TRAJECTORY, AlertType.UNUSUAL_ACTIVITY));

    /** Alert types that the detectors raise at one camera. */
    public static final Set<AlertType> BY_RULES =
            Arrays.stream(AlertType.values())
                    .filter(type -> type.isCamera() && !BY_MODELS.contains(type))
                    .collect(Collectors.toUnmodifiableSet());

    private static final OfModel TRAJECTORY = OfModel.named("trajectory", "trajectories");
    private static final OfModel ACTIVITY = OfModel.named("activity", "scene activity");

    private static final Map<AlertType, DeclaredMetric> INCIDENTS = episodes();

    /** All metrics, in the order of the documentation. */
    public static final List<DeclaredMetric> ALL = all();

    /** Gauges of what the job holds back: if all are 0 and no input comes, no output follows. */
    public static final List<DeclaredMetric> PENDING = List.of(PENDING_LINK_CHANGES);

    private VideoAnalyticsMetrics() {}

    /** Counter of new episodes of a type. */
    static DeclaredMetric episodes(AlertType type) {
        return INCIDENTS.get(type);
    }

    /**
     * The metrics of the model that raises a type.
     *
     * @throws IllegalArgumentException if no model raises it
     */
    public static OfModel of(AlertType type) {
        return switch (type) {
            case UNUSUAL_TRAJECTORY -> TRAJECTORY;
            case UNUSUAL_ACTIVITY -> ACTIVITY;
            default -> throw new IllegalArgumentException(type + " comes of no model");
        };
    }

    private static Map<AlertType, DeclaredMetric> episodes() {
        Map<AlertType, DeclaredMetric> map = new EnumMap<>(AlertType.class);
        Arrays.stream(AlertType.values())
                .filter(AlertType::isCamera)
                .forEach(
                        type ->
                                map.put(
                                        type,
                                        counter(
                                                "episodes" + camelCase(type),
                                                "episodes",
                                                "New episodes of type `"
                                                        + type.wireName()
                                                        + "`.")));
        return map;
    }

    private static String camelCase(AlertType type) {
        StringBuilder name = new StringBuilder();
        for (String word : type.wireName().split("-")) {
            name.append(Character.toUpperCase(word.charAt(0))).append(word.substring(1));
        }
        return name.toString();
    }

    private static List<DeclaredMetric> all() {
        List<DeclaredMetric> all =
                new ArrayList<>(
                        List.of(
                                ParseOperator.REJECTED_RECORDS,
                                MESSAGES_WITHOUT_FRAME,
                                FRAMES,
                                OBJECTS,
                                FRAMES_OF_UNREGISTERED_CAMERAS,
                                ARRIVAL_TO_ALERT));
        all.addAll(INCIDENTS.values());
        all.addAll(
                List.of(
                        STEADY_CAMERAS,
                        QUIET_CAMERAS,
                        PENDING_LINK_CHANGES,
                        OUTAGES,
                        SILENCES_SUPPRESSED,
                        CACHED_CAMERAS,
                        CAMERA_LOADS,
                        STATE_BYTES_WRITTEN,
                        LARGEST_CAMERA_BYTES,
                        EVICTED_CAMERAS,
                        SUPPRESSED_OBSERVATIONS));
        all.addAll(TRAJECTORY.all());
        all.addAll(ACTIVITY.all());
        all.addAll(
                List.of(
                        BATCH_SIZE,
                        INFERENCE,
                        ARRIVAL_TO_ANOMALY,
                        CACHED_CAMERA_MODELS,
                        CAMERA_MODEL_LOADS,
                        ACCEPTED_MODEL_REQUESTS,
                        MODEL_SWITCHES,
                        FAILED_MODEL_SWITCHES));
        all.addAll(Bulkhead.METRICS);
        return List.copyOf(all);
    }
}
