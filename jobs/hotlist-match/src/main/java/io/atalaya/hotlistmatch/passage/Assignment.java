package io.atalaya.hotlistmatch.passage;

import java.util.Objects;

/**
 * Assignment of a tag to a passage.
 *
 * @param firstReadId of the plate read's chain of revisions; null: the tag is alone
 * @param readId of the plate read, or null
 * @param assignedAt arrival time from which it holds, epoch ms
 */
record Assignment(String firstReadId, String readId, long assignedAt) {
    boolean isIn(Assignment other) {
        return Objects.equals(firstReadId, other.firstReadId());
    }
}
