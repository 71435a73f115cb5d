package io.atalaya.lab.evaluate.hotlist;

import io.atalaya.lab.evaluate.score.ScoredAlert;

import java.util.List;

/**
 * A hot-list alert and what the truth says about it.
 *
 * @param alert its last revision
 * @param verdict whether it should be there
 * @param found the required passages that it is about
 * @param isListedVehicle whether the vehicle is the listed one; null where the truth leaves it open
 */
record JudgedAlert(
        ScoredAlert alert, Verdict verdict, List<RequiredPassage> found, Boolean isListedVehicle) {

    enum Verdict {
        /** About a passage that must alert. */
        RIGHT,
        /** About one that may, and need not. */
        OPTIONAL,
        /** About none. */
        FALSE
    }

    /** A passage that must be found for one entry. */
    record RequiredPassage(String entryId, String readId) {}

    double score() {
        return alert.score();
    }
}
