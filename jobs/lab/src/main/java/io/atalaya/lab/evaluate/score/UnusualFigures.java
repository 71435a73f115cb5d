package io.atalaya.lab.evaluate.score;

import java.util.List;
import java.util.Map;

/**
 * What models add to the rules, and whether they stay within their budget.
 *
 * @param budget alerts per camera and day for all types together
 * @param cameraDays recorded days; 0 if the ground truth does not give them
 * @param kinds of anomaly, by name
 * @param types of alert, by name
 * @param othersAdded anomalies that a rule missed and an unusual-* alert covers
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
     * A kind of anomaly.
     *
     * @param required number of occurrences
     * @param unknown those that no rule reported
     * @param found those with an alert of their type
     * @param added those found that no rule reported
     */
    public record Kind(int required, int unknown, int found, int added, Delays delays) {}

    /**
     * A type of alert.
     *
     * @param alerts all alerts, including cancelled ones, because an operator has seen them
     * @param right alerts about an anomaly of their type
     * @param explained alerts about another event in the ground truth
     */
    public record Type(int alerts, int right, int explained) {
        /** Alerts without a cause in the ground truth, which the budget permits. */
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

    /** The sum over all types. */
    public Type together() {
        return types.values().stream().reduce(new Type(0, 0, 0), Type::plus);
    }

    /** Alerts per camera and day, or null if the days are unknown. */
    public Double perCameraDay(Type type) {
        return cameraDays == 0 ? null : type.alerts() / cameraDays;
    }

    /** Whether there is nothing to report. */
    public boolean isEmpty() {
        return kinds.isEmpty() && types.isEmpty();
    }
}
