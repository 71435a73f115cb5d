package io.atalaya.ops.model;

import io.atalaya.contracts.model.ModelAnswer;
import io.atalaya.contracts.model.ModelControl;

import java.io.PrintWriter;
import java.time.Instant;
import java.util.List;
import java.util.Map;

/**
 * The listing of a model.
 *
 * @param requests the newest last
 * @param answers results of the job, by position of the request
 * @param kept available versions with their descriptions
 */
record ModelListing(
        String model,
        List<ModelRequest> requests,
        Map<String, ModelAnswer> answers,
        Map<String, String> kept) {

    private static final int NARROWEST = "active".length();

    /** Whether the job rejected the last request. */
    boolean rejected() {
        return !requests.isEmpty() && answer() != null && !answer().isAccepted();
    }

    private ModelRequest last() {
        return requests.get(requests.size() - 1);
    }

    /** The result of the last request; null if there is none. */
    private ModelAnswer answer() {
        return answers.get(last().position());
    }

    void print(PrintWriter out) {
        out.println(model);
        if (requests.isEmpty()) {
            out.println("  nothing requested: the version of the job's settings is active");
        } else {
            printRequest(out);
        }
        int width = kept.keySet().stream().mapToInt(String::length).max().orElse(0);
        String line = "  %-" + Math.max(NARROWEST, width) + "s  %s%n";
        kept.forEach((version, words) -> out.printf(line, version, words));
    }

    private void printRequest(PrintWriter out) {
        Versions served = Versions.inForce(model, requests, answers);
        out.println("  active  " + served.activeInWords());
        if (served.shadow() != null) {
            out.println("  shadow  " + served.shadow());
        }
        ModelControl control = last().control();
        if (control == null) {
            out.println("  wanted  what cannot be read");
        } else {
            if (rejected()) {
                out.println("  wanted  " + Versions.of(control));
            }
            out.printf(
                    "  by      %s, %s%s%n",
                    control.requestedBy(),
                    Instant.ofEpochMilli(control.requestedAt()),
                    control.purpose() == null ? "" : ": " + control.purpose());
        }
        if (answer() == null) {
            out.println("  no response from the job: not received yet, or expired");
        } else {
            out.println(
                    (rejected() ? "  REJECTED, and served as before: " : "  accepted: ")
                            + answer().reason());
        }
    }
}
