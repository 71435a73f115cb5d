package io.atalaya.ops.model;

import io.atalaya.contracts.model.ModelAnswer;
import io.atalaya.contracts.model.ModelControl;

import java.util.Comparator;
import java.util.List;
import java.util.Map;

/**
 * Versions of a model.
 *
 * @param active the one that raises alerts, or null: the one of the job's settings
 * @param shadow the one beside it, or null: none
 */
record Versions(String active, String shadow) {
    static Versions of(ModelControl control) {
        return new Versions(control.active(), control.shadow());
    }

    /**
     * Those of the last request that was not refused, with which a change begins. One that was is
     * not in force, and would have every later one refused with it. The broker compacts requests,
     * so the one that is in force may be known by its answer only.
     */
    static Versions inForce(String model, List<AskedFor> asked, Map<String, ModelAnswer> answers) {
        Versions last =
                answers.values().stream()
                        .filter(answer -> answer.granted() && answer.model().equals(model))
                        .max(Comparator.comparingLong(ModelAnswer::at))
                        .map(answer -> new Versions(answer.active(), answer.shadow()))
                        .orElse(new Versions(null, null));
        for (AskedFor each : asked) {
            ModelAnswer answer = answers.get(each.position());
            if (each.control() != null && (answer == null || answer.granted())) {
                last = of(each.control());
            }
        }
        return last;
    }

    String activeInWords() {
        return active == null ? "the one of the job's settings" : active;
    }

    /** As people are told of them. */
    @Override
    public String toString() {
        return "active " + activeInWords() + ", shadow " + (shadow == null ? "none" : shadow);
    }
}
