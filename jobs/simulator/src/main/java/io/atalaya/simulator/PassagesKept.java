package io.atalaya.simulator;

/** Which passages the truth names one by one; a day of them all does not fit into memory well. */
public enum PassagesKept {
    ALL,
    /**
     * Misread, of a wanted vehicle, or with a tag that names another plate: what can be asked
     * about.
     */
    NOTABLE,
    NONE
}
