package io.atalaya.simulator;

/** Passages that the ground truth lists; all passages of a day barely fit into memory. */
public enum PassagesKept {
    ALL,
    /**
     * Only misreads, wanted vehicles, and tags registered to another plate, which an alert may
     * concern.
     */
    NOTABLE,
    NONE
}
