package io.atalaya.hotlistmatch.score;

import io.atalaya.contracts.alert.Alert;

import java.io.Serializable;
import java.util.ArrayList;
import java.util.List;

/**
 * Score thresholds of the actions, by the entry's priority.
 *
 * @param bands by falling {@code fromPriority}; the last one starts at 0
 */
public record Thresholds(List<Band> bands) implements Serializable {

    /**
     * @param fromPriority lowest priority of the band
     * @param alert lowest score that interrupts a person
     * @param review lowest score that is queued for review
     */
    public record Band(int fromPriority, double alert, double review) implements Serializable {}

    /**
     * Parses {@code priority:alert:review} bands, separated by commas.
     *
     * @throws IllegalArgumentException naming the first band that is wrong
     */
    public static Thresholds parse(String text) {
        List<Band> bands = new ArrayList<>();
        for (String part : text.split(",")) {
            String[] cells = part.trim().split(":");
            if (cells.length != 3) {
                throw new IllegalArgumentException("'" + part.trim() + "' has not three parts");
            }
            Band band =
                    new Band(
                            Integer.parseInt(cells[0]),
                            Double.parseDouble(cells[1]),
                            Double.parseDouble(cells[2]));
            boolean falling =
                    bands.isEmpty()
                            || band.fromPriority() < bands.get(bands.size() - 1).fromPriority();
            // The condition is positive so that NaN is rejected too.
            boolean inRange =
                    band.review() >= 0 && band.review() <= band.alert() && band.alert() <= 1;
            if (!falling || !inRange) {
                throw new IllegalArgumentException(
                        "'" + part.trim() + "' is out of range or order");
            }
            bands.add(band);
        }
        if (bands.get(bands.size() - 1).fromPriority() != 0) {
            throw new IllegalArgumentException("the last band must begin at priority 0");
        }
        return new Thresholds(List.copyOf(bands));
    }

    /** The action at this score; null below review, where no alert is raised. */
    public Alert.Action action(int priority, double score) {
        Band band = band(priority);
        return score >= band.alert()
                ? Alert.Action.ALERT
                : score >= band.review() ? Alert.Action.REVIEW : null;
    }

    /** The lowest score that raises an alert or a review. */
    public double review(int priority) {
        return band(priority).review();
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
