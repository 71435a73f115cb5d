package io.atalaya.hotlistmatch.crosscheck;

import io.atalaya.contracts.alert.AlertType;

import java.io.Serializable;
import java.util.EnumMap;
import java.util.Map;

/**
 * The priority of each type of cross-check finding, 0..100. It is configured, because these alerts
 * have no list entry that would rank them.
 */
public record CrossCheckPriorities(Map<AlertType, Integer> byType) implements Serializable {

    public CrossCheckPriorities {
        byType = new EnumMap<>(byType);
    }

    /**
     * Parses {@code type:priority} pairs, separated by commas; every cross-check type must occur.
     *
     * @throws IllegalArgumentException naming the first pair that is wrong or the type that is
     *     missing
     */
    public static CrossCheckPriorities parse(String text) {
        Map<AlertType, Integer> byType = new EnumMap<>(AlertType.class);
        for (String part : text.split(",")) {
            String[] cells = part.trim().split(":");
            if (cells.length != 2) {
                throw new IllegalArgumentException("'" + part.trim() + "' has not two parts");
            }
            int priority = Integer.parseInt(cells[1].trim());
            if (priority < 0 || priority > 100) {
                throw new IllegalArgumentException("'" + part.trim() + "' is not from 0 to 100");
            }
            byType.put(type(cells[0].trim()), priority);
        }
        for (AlertType type : AlertType.values()) {
            if (isCrossCheck(type) && !byType.containsKey(type)) {
                throw new IllegalArgumentException("no priority for " + type.wireName());
            }
        }
        return new CrossCheckPriorities(byType);
    }

    /** The priority of a cross-check type. */
    public int of(AlertType type) {
        return byType.get(type);
    }

    private static AlertType type(String name) {
        for (AlertType type : AlertType.values()) {
            if (isCrossCheck(type) && type.wireName().equals(name)) {
                return type;
            }
        }
        throw new IllegalArgumentException("'" + name + "' is no type of cross-check");
    }

    private static boolean isCrossCheck(AlertType type) {
        return type == AlertType.CLONED_PLATE
                || type == AlertType.PLATE_TAG_MISMATCH
                || type == AlertType.CONVOY;
    }
}
