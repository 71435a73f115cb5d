package io.atalaya.hotlistmatch.prefilter;

/**
 * A part of a {@link DeletionFilter} in a checkpoint.
 *
 * @param rebuilding of a filter that was being filled, beside the one in use; no longer written,
 *     for the registry begins such a filter anew
 * @param holdsWhole the filter holds plates by themselves, too
 * @param index of the part within its filter, from 0
 */
record FilterChunk(boolean rebuilding, boolean holdsWhole, int index, long[] words) {}
