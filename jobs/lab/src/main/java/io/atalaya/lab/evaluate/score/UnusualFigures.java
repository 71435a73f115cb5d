package io.atalaya.lab.evaluate.score;

import java.util.List;
import java.util.Map;

/**
 * What models add to the rules, and whether they stay within their budget.
 *
 * @param budget alerts a camera and day that all types may have together
 * @param cameraDays recorded, or 0 where the truth does not say
 * @param kinds of unusual things, by name
 * @param types of alert, by name
 * @param othersAdded incidents that a rule should have found, did not, and an unusual alert is
 *     about
 * @param missed descriptions
 */
public record UnusualFigures(
        double budget,
        double cameraDays,
        Map<String, Kind> kinds,
        Map<String, Type> types,
        int othersAdded,
        List<String> missed) {

    /**
     * A kind of unusual thing.
     *
     * @param required how often it happened
     * @param unknown of those, that no rule told anything of
     * @param found by an alert of its type
     * @param added found ones that no rule told anything of
     */
    public record Kind(int required, int unknown, int found, int added, Delays delays) {}

    /**
     * A type of alert.
     *
     * @param alerts in all, those that were taken back too: somebody was told
     * @param right about something unusual that happened
     * @param explained about something that rules are to tell
     */
    public record Type(int alerts, int right, int explained) {
        /** About nothing in the truth: the most unusual of what is usual, as the budget allows. */
        public int others() {
            return alerts - right - explained;
        }

        public Type plus(Type other) {
            return new Type(
                    alerts + other.alerts, right + other.right, explained + other.explained);
        }
    }

    public int required() {
        return kinds.values().stream().mapToInt(Kind::required).sum();
    }

    public int unknown() {
        return kinds.values().stream().mapToInt(Kind::unknown).sum();
    }

    public int added() {
        return kinds.values().stream().mapToInt(Kind::added).sum();
    }

    /** All types together. */
    public Type together() {
        return types.values().stream().reduce(new Type(0, 0, 0), Type::plus);
    }

    /** Alerts a camera and day, or null where the days are not known. */
    public Double perCameraDay(Type type) {
        return cameraDays == 0 ? null : type.alerts() / cameraDays;
    }

    /** Whether there is anything to tell. */
    public boolean isEmpty() {
        return kinds.isEmpty() && types.isEmpty();
    }
}
