package io.atalaya.hotlistmatch.prefilter;

/**
 * A plate that has left the list: reads that arrived before are still to be found.
 *
 * @param plate packed folded text, or a tag's key
 * @param to when it ended, epoch ms
 */
record EndedPlate(long plate, long to) {}
