package io.atalaya.hotlistmatch.prefilter;

/**
 * A plate that was removed from the list but still matches reads that arrived before its end.
 *
 * @param plate packed folded text, or a tag's key
 * @param to arrival time at which it ended, epoch ms
 */
record EndedPlate(long plate, long to) {}
