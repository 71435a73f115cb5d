package io.atalaya.hotlistmatch.prefilter;

/**
 * A part of a {@link DeletionFilter} in a checkpoint.
 *
 * @param index of the part within its filter, from 0
 */
record FilterChunk(int index, long[] words) {}
