package io.atalaya.videoanalytics.incident;

import io.atalaya.alert.Alert;
import io.atalaya.alert.AlertType;

import java.util.EnumMap;
import java.util.Map;

/**
 * How urgent each type of alert is.
 *
 * @param byType every type that a camera can raise
 */
public record AlertPolicy(Map<AlertType, Urgency> byType) {

    /**
     * What is asked of people.
     *
     * @param action whether a person is interrupted
     * @param priority 0..100
     */
    public record Urgency(Alert.Action action, int priority) {}

    /**
     * What endangers somebody interrupts a person; what is odd, or needs a technician, waits in a
     * list.
     */
    public static final AlertPolicy DEFAULT = new AlertPolicy(defaults());

    private static Map<AlertType, Urgency> defaults() {
        Map<AlertType, Urgency> map = new EnumMap<>(AlertType.class);
        map.put(AlertType.WRONG_WAY, new Urgency(Alert.Action.ALERT, 90));
        map.put(AlertType.ZONE_INTRUSION, new Urgency(Alert.Action.ALERT, 80));
        map.put(AlertType.ABANDONED_OBJECT, new Urgency(Alert.Action.ALERT, 75));
        map.put(AlertType.CROWD, new Urgency(Alert.Action.ALERT, 70));
        map.put(AlertType.STOPPED_VEHICLE, new Urgency(Alert.Action.ALERT, 60));
        map.put(AlertType.LINE_CROSSING, new Urgency(Alert.Action.ALERT, 60));
        map.put(AlertType.CONGESTION, new Urgency(Alert.Action.ALERT, 50));
        map.put(AlertType.LOITERING, new Urgency(Alert.Action.REVIEW, 45));
        map.put(AlertType.SPEEDING, new Urgency(Alert.Action.REVIEW, 40));
        map.put(AlertType.CRAWLING, new Urgency(Alert.Action.REVIEW, 30));
        map.put(AlertType.UNUSUAL_TRAJECTORY, new Urgency(Alert.Action.REVIEW, 40));
        map.put(AlertType.UNUSUAL_ACTIVITY, new Urgency(Alert.Action.REVIEW, 40));
        map.put(AlertType.CAMERA_SILENT, new Urgency(Alert.Action.REVIEW, 50));
        map.put(AlertType.CAMERA_FROZEN, new Urgency(Alert.Action.REVIEW, 50));
        map.put(AlertType.CAMERA_MOVED, new Urgency(Alert.Action.REVIEW, 50));
        map.put(AlertType.STREAM_INCONSISTENT, new Urgency(Alert.Action.REVIEW, 40));
        return map;
    }

    Urgency of(AlertType type) {
        return byType.get(type);
    }
}
