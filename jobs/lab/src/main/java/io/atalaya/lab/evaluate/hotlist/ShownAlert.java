package io.atalaya.lab.evaluate.hotlist;

import io.atalaya.contracts.hotlist.HotlistEntry;
import io.atalaya.contracts.plate.Vehicle;

import java.util.List;

/**
 * What a person is shown of an alert, whatever evidence this build's jobs know of.
 *
 * @param headline English, or null
 * @param plate as read, or null
 * @param confidence of the read, or null
 * @param vehicle as the camera saw it, or null
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

    /** One piece of evidence: what it says, and the logarithm of its odds. */
    record Part(String name, double logOdds, String text) {}
}
