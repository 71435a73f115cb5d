package io.atalaya.lab.evaluate.hotlist;

import io.atalaya.contracts.hotlist.HotlistEntry;
import io.atalaya.contracts.plate.Vehicle;

import java.util.List;

/**
 * The parts of an alert that the report shows, independent of the evidence types of this build.
 *
 * @param headline English, or null
 * @param plate as read, or null
 * @param confidence of the read, or null
 * @param vehicle appearance sent by the camera, or null
 * @param read the text that matched, aligned with {@code listed}; both null without a comparison
 * @param entry or null
 */
record ShownAlert(
        String headline,
        String plate,
        Double confidence,
        Vehicle vehicle,
        String read,
        String listed,
        List<Part> parts,
        HotlistEntry entry) {

    /** One score contribution with its log odds and explanation. */
    record Part(String name, double logOdds, String text) {}
}
