package io.atalaya.lab.evaluate.hotlist;

import io.atalaya.lab.evaluate.score.ScoredAlert;

import java.util.List;

/**
 * A hot-list alert and its verdict.
 *
 * @param alert its last revision
 * @param verdict whether it is justified
 * @param found required passages that it is about
 * @param isListedVehicle whether the vehicle is the listed one; null if the ground truth leaves it
 *     open
 */
record JudgedAlert(
        ScoredAlert alert, Verdict verdict, List<RequiredPassage> found, Boolean isListedVehicle) {

    enum Verdict {
        /** About a passage that must alert. */
        RIGHT,
        /** About a passage that may alert. */
        OPTIONAL,
        /** About no passage of the ground truth. */
        FALSE
    }

    /** A passage that must be found for one entry. */
    record RequiredPassage(String entryId, String readId) {}

    double score() {
        return alert.score();
    }
}
