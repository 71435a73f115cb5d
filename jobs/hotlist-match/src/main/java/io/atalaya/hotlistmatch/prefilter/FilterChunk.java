package io.atalaya.hotlistmatch.prefilter;

/**
 * A part of a {@link DeletionFilter} in a checkpoint.
 *
 * @param rebuilding of the filter that is being filled, not of the one in use
 * @param index of the part within its filter, from 0
 */
record FilterChunk(boolean rebuilding, int index, long[] words) {}
