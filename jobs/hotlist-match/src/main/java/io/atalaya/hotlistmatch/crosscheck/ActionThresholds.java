package io.atalaya.hotlistmatch.crosscheck;

import io.atalaya.contracts.alert.Alert;

import java.io.Serializable;

/**
 * Score thresholds for the action on a cross-check finding.
 *
 * @param alert lowest score that interrupts a person
 * @param review lowest score that is queued for review
 */
public record ActionThresholds(double alert, double review) implements Serializable {

    /**
     * Reads {@code alert:review}.
     *
     * @throws IllegalArgumentException naming what is wrong
     */
    public static ActionThresholds parse(String text) {
        String[] cells = text.trim().split(":");
        if (cells.length != 2) {
            throw new IllegalArgumentException("'" + text.trim() + "' has not two parts");
        }
        ActionThresholds thresholds =
                new ActionThresholds(Double.parseDouble(cells[0]), Double.parseDouble(cells[1]));
        // The condition is positive so that NaN is rejected too.
        if (!(thresholds.review >= 0
                && thresholds.review <= thresholds.alert
                && thresholds.alert <= 1)) {
            throw new IllegalArgumentException("'" + text.trim() + "' is out of range or order");
        }
        return thresholds;
    }

    /** The action at this score; null below review, where no alert is raised. */
    public Alert.Action action(double score) {
        return score >= alert ? Alert.Action.ALERT : score >= review ? Alert.Action.REVIEW : null;
    }
}
