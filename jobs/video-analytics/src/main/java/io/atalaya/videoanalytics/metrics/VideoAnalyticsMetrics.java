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
                    "Messages of cameras that hold no frame: events, motion, positions.");

    public static final DeclaredMetric FRAMES =
            counter("frames", "frames", "Frames taken in, late and repeated ones included.");

    public static final DeclaredMetric OBJECTS =
            counter("objects", "objects", "Objects in them, usable or not.");

    public static final DeclaredMetric UNREGISTERED =
            counter(
                    "framesOfUnregisteredCameras",
                    "frames",
                    "Frames of cameras that are not registered: watched all the same, without a site.");

    public static final DeclaredMetric ARRIVAL_TO_ALERT =
            latency(
                    "arrivalToAlertMs",
                    "From the arrival of the frame that made an incident certain, or the moment at which"
                            + " silence was, to the job's sending the new alert.");

    public static final DeclaredMetric CACHED_CAMERAS =
            gauge("cachedCameras", "cameras", "Cameras at hand on the heap.");

    public static final DeclaredMetric CAMERA_LOADS =
            gauge(
                    "cameraLoads",
                    "times",
                    "Cameras read from state since the start. If it grows as fast as frames come, the"
                            + " cache is too small for the cameras that send.");

    public static final DeclaredMetric STATE_BYTES_WRITTEN =
            gauge("stateBytesWritten", "bytes", "State of cameras written back since the start.");

    public static final DeclaredMetric LARGEST_CAMERA =
            gauge(
                    "largestCameraBytes",
                    "bytes",
                    "The largest state of one camera that was written back; never above 65,536.");

    public static final DeclaredMetric FORGOTTEN =
            counter("forgottenCameras", "cameras", "Cameras dropped, for nothing came any more.");

    public static final DeclaredMetric STEADY_CAMERAS =
            gauge(
                    "steadyCameras",
                    "cameras",
                    "Cameras that send without long pauses; outages are judged by them.");

    public static final DeclaredMetric QUIET_CAMERAS =
            gauge("quietCameras", "cameras", "Of these, those that pause and nobody was told of.");

    public static final DeclaredMetric PENDING_LINK_CHANGES =
            gauge(
                    "pendingLinkChanges",
                    "changes",
                    "Pauses and returns of cameras that wait for the watermark.");

    public static final DeclaredMetric OUTAGES =
            counter("outages", "times", "Many cameras fell silent at once.");

    public static final DeclaredMetric SILENCES_KEPT_BACK =
            counter(
                    "silencesSuppressed",
                    "alerts",
                    "Silences of single cameras that were not told, for an outage explains them.");

    public static final DeclaredMetric EXPLAINED =
            counter(
                    "suppressedObservations",
                    "observations",
                    "Tracks and activities that a model learned from without judging them, for people were told"
                            + " why they are as they are.");

    public static final DeclaredMetric BATCH_SIZE =
            histogram("batchSize", "rows", "Rows that a network was asked about in one run.");

    public static final DeclaredMetric INFERENCE =
            histogram("inferenceUs", "µs", "Duration of one run of a network, of a whole batch.");

    public static final DeclaredMetric OBSERVED_TO_ALERT =
            latency(
                    "arrivalToAnomalyMs",
                    "From the arrival of the frame that completed a track or an activity to the job's sending"
                            + " the new alert about it.");

    public static final DeclaredMetric JUDGED_CAMERAS =
            gauge(
                    "cachedCameraModels",
                    "cameras",
                    "Cameras that models judge, at hand on the heap.");

    public static final DeclaredMetric JUDGED_CAMERA_LOADS =
            gauge(
                    "cameraModelLoads",
                    "times",
                    "Such cameras read from state since the start. If it grows as fast as tracks of"
                            + " cameras come, `models.cached` is too small.");

    public static final DeclaredMetric VERSIONS_GRANTED =
            counter(
                    "acceptedModelRequests",
                    "requests",
                    "Requests of `model-control` whose versions were tried and work; the others are among the"
                            + " refused records.");

    public static final DeclaredMetric SWITCHES =
            gauge(
                    "modelSwitches",
                    "times",
                    "Other versions of a model took over in this subtask since the start.");

    public static final DeclaredMetric FAILED_SWITCHES =
            gauge(
                    "failedModelSwitches",
                    "times",
                    "Versions that were granted, but could not be loaded in this process or did not work in"
                            + " service; another version goes on. The log says why.");

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
                            "Judged by the active version and by the one in shadow, since that runs, at"
                                    + " cameras that both know."),
                    gauge(name + "AlertsOfBoth", "alerts", "Of these, what both would have told."),
                    gauge(
                            name + "AlertsOfActiveAlone",
                            "alerts",
                            "Of these, what the active version alone told."),
                    gauge(
                            name + "AlertsOfShadowAlone",
                            "alerts",
                            "Of these, what the shadow alone would have told."),
                    gauge(
                            name + "ShadowApart",
                            "powers of ten",
                            "Mean distance of the two p-values of an observation."));
        }

        private List<DeclaredMetric> all() {
            return List.of(compared, both, activeAlone, shadowAlone, apart);
        }
    }

    /**
     * Metrics of one model.
     *
     * @param judged scored observations
     * @param budget requested alert rate
     * @param realised actual alert rate
     * @param cameraDays camera days behind that rate
     * @param known cameras known well enough to alert
     * @param shadow comparison with its shadow
     */
    public record OfModel(
            DeclaredMetric judged,
            DeclaredMetric budget,
            DeclaredMetric realised,
            DeclaredMetric cameraDays,
            DeclaredMetric known,
            OfShadow shadow) {

        private static OfModel named(String name, String what) {
            return new OfModel(
                    counter(name + "Judged", "observations", "Of the model of " + what + "."),
                    gauge(
                            name + "Budget",
                            "1/d",
                            "Alerts per camera and day that were asked for of the model of "
                                    + what
                                    + "; 0: it is not asked."),
                    gauge(
                            name + "Realised",
                            "1/d",
                            "Alerts per camera and day that came of it over the last day of arrivals. Over"
                                    + " subtasks the mean weighted by `"
                                    + name
                                    + "CameraDays`; below some 40 alerts it says little."),
                    gauge(
                            name + "CameraDays",
                            "d",
                            "Days of cameras that it knew, over the last day of arrivals."),
                    gauge(
                            name + "Known",
                            "cameras",
                            "Cameras at hand that it knows well enough to alert, as of the last"
                                    + " checkpoint."),
                    OfShadow.named(name));
        }

        private List<DeclaredMetric> all() {
            List<DeclaredMetric> all =
                    new ArrayList<>(List.of(judged, budget, realised, cameraDays, known));
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
                                ParseOperator.REFUSED_RECORDS,
                                MESSAGES_WITHOUT_FRAME,
                                FRAMES,
                                OBJECTS,
                                UNREGISTERED,
                                ARRIVAL_TO_ALERT));
        all.addAll(INCIDENTS.values());
        all.addAll(
                List.of(
                        STEADY_CAMERAS,
                        QUIET_CAMERAS,
                        PENDING_LINK_CHANGES,
                        OUTAGES,
                        SILENCES_KEPT_BACK,
                        CACHED_CAMERAS,
                        CAMERA_LOADS,
                        STATE_BYTES_WRITTEN,
                        LARGEST_CAMERA,
                        FORGOTTEN,
                        EXPLAINED));
        all.addAll(TRAJECTORY.all());
        all.addAll(ACTIVITY.all());
        all.addAll(
                List.of(
                        BATCH_SIZE,
                        INFERENCE,
                        OBSERVED_TO_ALERT,
                        JUDGED_CAMERAS,
                        JUDGED_CAMERA_LOADS,
                        VERSIONS_GRANTED,
                        SWITCHES,
                        FAILED_SWITCHES));
        all.addAll(Bulkhead.METRICS);
        return List.copyOf(all);
    }
}
