package io.atalaya.ops.model;

import io.atalaya.contracts.model.ModelAnswer;
import io.atalaya.contracts.model.ModelControl;

import java.util.Comparator;
import java.util.List;
import java.util.Map;

/**
 * The versions of a model.
 *
 * @param active version that raises alerts, or null for that of the job's settings
 * @param shadow version in shadow, or null for none
 */
record Versions(String active, String shadow) {
    static Versions of(ModelControl control) {
        return new Versions(control.active(), control.shadow());
    }

    /**
     * The versions of the last request that was not rejected, on which a change is based. A
     * rejected request is skipped, because its versions are not in force and a request based on
     * them would be rejected as well. The broker compacts requests, so the request in force may be
     * known only from its result.
     */
    static Versions inForce(
            String model, List<ModelRequest> requests, Map<String, ModelAnswer> answers) {
        Versions last =
                answers.values().stream()
                        .filter(answer -> answer.isAccepted() && answer.model().equals(model))
                        .max(Comparator.comparingLong(ModelAnswer::answeredAt))
                        .map(answer -> new Versions(answer.active(), answer.shadow()))
                        .orElse(new Versions(null, null));
        for (ModelRequest each : requests) {
            ModelAnswer answer = answers.get(each.position());
            if (each.control() != null && (answer == null || answer.isAccepted())) {
                last = of(each.control());
            }
        }
        return last;
    }

    String activeInWords() {
        return active == null ? "the one of the job's settings" : active;
    }

    /** Text for the user. */
    @Override
    public String toString() {
        return "active " + activeInWords() + ", shadow " + (shadow == null ? "none" : shadow);
    }
}
