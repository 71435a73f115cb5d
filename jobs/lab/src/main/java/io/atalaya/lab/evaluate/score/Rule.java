package io.atalaya.lab.evaluate.score;

import io.atalaya.simulator.truth.GroundTruth;

import java.util.List;

/** What one type of alert has to find, and when an alert has found it. */
interface Rule {
    /** The type's name on the wire. */
    String type();

    /** Everything of this type in the truth. */
    List<Expected> expected(GroundTruth truth);

    /** Whether an alert of this type, which shares an anchor, is about the expected thing. */
    boolean meets(ScoredAlert alert, Expected expected);

    /** By what an alert's expected things are looked up; the counterpart of the anchors. */
    default List<String> anchors(ScoredAlert alert) {
        return alert.reads();
    }

    /** Whether the truth holds enough to call an alert that meets nothing false. */
    default boolean knowsFalse() {
        return true;
    }

    /** Whether a read that belongs to nothing expected misleads, in an alert that is right. */
    default boolean judgesReads() {
        return false;
    }

    /** Two alerts about one expected thing say the same if these are equal. */
    default String says(ScoredAlert alert) {
        return "";
    }

    /** From when the delay counts, in words. */
    default String delayClock() {
        return "the read's own time (device clock)";
    }
}
