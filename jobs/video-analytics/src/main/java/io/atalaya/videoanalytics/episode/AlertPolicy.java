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
public record AlertPolicy(Map<AlertType, Triage> byType) implements Serializable {

    /**
     * Who acts on an alert and how soon.
     *
     * @param action whether a person is interrupted
     * @param priority 0..100
     */
    public record Triage(Alert.Action action, int priority) implements Serializable {}

    /**
     * Danger to people interrupts a person; an anomaly or a technical fault waits in a review list.
     */
    public static final AlertPolicy DEFAULT = new AlertPolicy(defaults());

    private static Map<AlertType, Triage> defaults() {
        Map<AlertType, Triage> map = new EnumMap<>(AlertType.class);
        map.put(AlertType.WRONG_WAY, new Triage(Alert.Action.ALERT, 90));
        map.put(AlertType.ZONE_INTRUSION, new Triage(Alert.Action.ALERT, 80));
        map.put(AlertType.ABANDONED_OBJECT, new Triage(Alert.Action.ALERT, 75));
        map.put(AlertType.CROWD, new Triage(Alert.Action.ALERT, 70));
        map.put(AlertType.STOPPED_VEHICLE, new Triage(Alert.Action.ALERT, 60));
        map.put(AlertType.LINE_CROSSING, new Triage(Alert.Action.ALERT, 60));
        map.put(AlertType.CONGESTION, new Triage(Alert.Action.ALERT, 50));
        map.put(AlertType.LOITERING, new Triage(Alert.Action.REVIEW, 45));
        map.put(AlertType.SPEEDING, new Triage(Alert.Action.REVIEW, 40));
        map.put(AlertType.CRAWLING, new Triage(Alert.Action.REVIEW, 30));
        map.put(AlertType.UNUSUAL_TRAJECTORY, new Triage(Alert.Action.REVIEW, 40));
        map.put(AlertType.UNUSUAL_ACTIVITY, new Triage(Alert.Action.REVIEW, 40));
        map.put(AlertType.CAMERA_SILENT, new Triage(Alert.Action.REVIEW, 50));
        map.put(AlertType.CAMERA_FROZEN, new Triage(Alert.Action.REVIEW, 50));
        map.put(AlertType.CAMERA_MOVED, new Triage(Alert.Action.REVIEW, 50));
        map.put(AlertType.STREAM_INCONSISTENT, new Triage(Alert.Action.REVIEW, 40));
        return map;
    }

    /**
     * The defaults with changes, such as {@code loitering:OFF, crowd:REVIEW:40}.
     *
     * @throws IllegalArgumentException with the change that is invalid
     */
    public static AlertPolicy parse(String changes) {
        Map<AlertType, Triage> map = defaults();
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

    private static Triage urgency(String action, String priority, String change) {
        if (!priority.matches("\\d{1,3}") || Integer.parseInt(priority) > 100) {
            throw new IllegalArgumentException("'" + change.strip() + "': a priority of 0 to 100");
        }
        for (Alert.Action each : Alert.Action.values()) {
            if (each.name().equals(action)) {
                return new Triage(each, Integer.parseInt(priority));
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
    public Triage of(AlertType type) {
        return byType.getOrDefault(type, DEFAULT.byType.get(type));
    }
}
