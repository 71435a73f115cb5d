package io.atalaya.videoanalytics.episode;

import io.atalaya.contracts.alert.Alert;
import io.atalaya.contracts.alert.AlertType;

import java.io.Serializable;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.Map;
import java.util.Set;

/**
 * Action and priority of each alert type.
 *
 * @param byType every enabled type
 */
public record AlertPolicy(Map<AlertType, Urgency> byType) implements Serializable {

    /**
     * Who acts on an alert and how soon.
     *
     * @param action whether a person is interrupted
     * @param priority 0..100
     */
    public record Urgency(Alert.Action action, int priority) implements Serializable {}

    /**
     * Danger to people interrupts a person; an anomaly or a technical fault waits in a review list.
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

    /**
     * The defaults with changes, such as {@code loitering:OFF, crowd:REVIEW:40}.
     *
     * @throws IllegalArgumentException with the change that is invalid
     */
    public static AlertPolicy parse(String changes) {
        Map<AlertType, Urgency> map = defaults();
        for (String change : changes.isBlank() ? new String[0] : changes.split(",")) {
            String[] parts = change.strip().split(":");
            AlertType type = type(parts[0].strip(), change);
            if (parts.length == 2 && parts[1].strip().equals("OFF")) {
                map.remove(type);
            } else if (parts.length == 3) {
                map.put(type, urgency(parts[1].strip(), parts[2].strip(), change));
            } else {
                throw new IllegalArgumentException("'" + change.strip() + "'");
            }
        }
        return new AlertPolicy(map);
    }

    private static AlertType type(String name, String change) {
        for (AlertType type : AlertType.values()) {
            if (type.isCamera() && type.wireName().equals(name)) {
                return type;
            }
        }
        throw new IllegalArgumentException("'" + change.strip() + "': no type of camera alerts");
    }

    private static Urgency urgency(String action, String priority, String change) {
        if (!priority.matches("\\d{1,3}") || Integer.parseInt(priority) > 100) {
            throw new IllegalArgumentException("'" + change.strip() + "': a priority of 0 to 100");
        }
        for (Alert.Action each : Alert.Action.values()) {
            if (each.name().equals(action)) {
                return new Urgency(each, Integer.parseInt(priority));
            }
        }
        throw new IllegalArgumentException("'" + change.strip() + "': ALERT, REVIEW or OFF");
    }

    /** Whether alerts of this type are enabled. */
    public boolean isEmitted(AlertType type) {
        return byType.containsKey(type);
    }

    /** Disabled types of camera alerts. */
    public Set<AlertType> off() {
        Set<AlertType> off = EnumSet.noneOf(AlertType.class);
        for (AlertType type : AlertType.values()) {
            if (type.isCamera() && !isEmitted(type)) {
                off.add(type);
            }
        }
        return off;
    }

    /**
     * Action and priority of a type. A disabled type keeps its default, because an alert that was
     * open when the type was disabled must still end.
     */
    public Urgency of(AlertType type) {
        return byType.getOrDefault(type, DEFAULT.byType.get(type));
    }
}
