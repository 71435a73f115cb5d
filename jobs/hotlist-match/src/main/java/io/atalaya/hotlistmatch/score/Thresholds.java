package io.atalaya.hotlistmatch.score;

import io.atalaya.alert.Alert;

import java.io.Serializable;
import java.util.List;

/**
 * What is done at which score, by the entry's priority.
 *
 * @param bands by falling {@code fromPriority}; the last one begins at 0
 */
public record Thresholds(List<Band> bands) implements Serializable {

    /**
     * @param fromPriority lowest priority of the band
     * @param alert score from which a person is interrupted
     * @param review score from which it waits for a person
     */
    public record Band(int fromPriority, double alert, double review) implements Serializable {}

    /** The action, or null: nothing is shown. */
    public Alert.Action action(int priority, double score) {
        Band band = band(priority);
        return score >= band.alert()
                ? Alert.Action.ALERT
                : score >= band.review() ? Alert.Action.REVIEW : null;
    }

    private Band band(int priority) {
        for (Band band : bands) {
            if (priority >= band.fromPriority()) {
                return band;
            }
        }
        throw new IllegalStateException("no band for priority " + priority + " in " + bands);
    }
}
