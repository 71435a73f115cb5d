package io.atalaya.hotlistmatch.crosscheck;

import io.atalaya.contracts.alert.Alert;

import java.io.Serializable;

/**
 * What is done about an anomaly at which score.
 *
 * @param alert score from which a person is interrupted
 * @param review score from which it waits for a person
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
        // Positively, so that NaN is out of range too.
        if (!(thresholds.review >= 0
                && thresholds.review <= thresholds.alert
                && thresholds.alert <= 1)) {
            throw new IllegalArgumentException("'" + text.trim() + "' is out of range or order");
        }
        return thresholds;
    }

    /** The action, or null: nothing is shown. */
    public Alert.Action action(double score) {
        return score >= alert ? Alert.Action.ALERT : score >= review ? Alert.Action.REVIEW : null;
    }
}
