package io.atalaya.lab.evaluate.score;

import io.atalaya.simulator.truth.GroundTruth;

import java.util.List;

/** What one type of alert must find, and which alert finds it. */
interface Rule {
    /** The type's name on the wire. */
    String type();

    /** All items of this type in the ground truth. */
    List<Expected> expected(GroundTruth truth);

    /** Whether an alert of this type that shares an anchor is about the expected item. */
    boolean meets(ScoredAlert alert, Expected expected);

    /** The keys by which an alert is joined with the anchors of expected items. */
    default List<String> anchors(ScoredAlert alert) {
        return alert.reads();
    }

    /** Whether the ground truth suffices to call an alert without an expected item false. */
    default boolean knowsFalse() {
        return true;
    }

    /** Whether reads of a right alert that belong to no expected item are counted as stray. */
    default boolean judgesReads() {
        return false;
    }

    /** Content key: two alerts about one expected item with equal keys are duplicates. */
    default String says(ScoredAlert alert) {
        return "";
    }

    /** Start of the delay, in words. */
    default String delayClock() {
        return "the read's own time (device clock)";
    }
}
