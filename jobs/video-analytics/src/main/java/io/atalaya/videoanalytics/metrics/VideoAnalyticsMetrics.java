package io.atalaya.videoanalytics.metrics;

import io.atalaya.alert.AlertType;
import io.atalaya.deadletter.ParseFunction;
import io.atalaya.metrics.DeclaredMetric;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

import static io.atalaya.metrics.DeclaredMetric.counter;
import static io.atalaya.metrics.DeclaredMetric.gauge;
import static io.atalaya.metrics.DeclaredMetric.latency;

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

    public static final DeclaredMetric OUTAGES =
            counter("outages", "times", "Many cameras fell silent at once.");

    public static final DeclaredMetric SILENCES_KEPT_BACK =
            counter(
                    "silencesKeptBack",
                    "alerts",
                    "Silences of single cameras that were not told, for an outage explains them.");

    /** Those come of models, which are not there yet. */
    private static final Set<AlertType> WITHOUT_DETECTOR =
            EnumSet.of(AlertType.UNUSUAL_TRAJECTORY, AlertType.UNUSUAL_ACTIVITY);

    private static final Map<AlertType, DeclaredMetric> INCIDENTS = incidents();

    /** All of them, from the inputs on. */
    public static final List<DeclaredMetric> ALL = all();

    private VideoAnalyticsMetrics() {}

    /** How many incidents of each type began. */
    static Map<AlertType, DeclaredMetric> byType() {
        return INCIDENTS;
    }

    private static Map<AlertType, DeclaredMetric> incidents() {
        Map<AlertType, DeclaredMetric> map = new EnumMap<>(AlertType.class);
        Arrays.stream(AlertType.values())
                .filter(type -> type.isCamera() && !WITHOUT_DETECTOR.contains(type))
                .forEach(
                        type ->
                                map.put(
                                        type,
                                        counter(
                                                "incidents" + camelCase(type),
                                                "incidents",
                                                "New incidents of type `"
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
                                ParseFunction.REFUSED_RECORDS,
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
                        OUTAGES,
                        SILENCES_KEPT_BACK,
                        CACHED_CAMERAS,
                        CAMERA_LOADS,
                        STATE_BYTES_WRITTEN,
                        LARGEST_CAMERA,
                        FORGOTTEN));
        return List.copyOf(all);
    }
}
