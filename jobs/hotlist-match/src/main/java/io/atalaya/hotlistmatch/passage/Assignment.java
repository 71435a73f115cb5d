package io.atalaya.hotlistmatch.passage;

import io.atalaya.flink.serializer.Binary;

import org.apache.flink.core.memory.DataInputView;
import org.apache.flink.core.memory.DataOutputView;

import java.io.IOException;
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

    /**
     * @param tagArrival arrival time of the tag, which the reader knows
     */
    void write(long tagArrival, DataOutputView out) throws IOException {
        Binary.writeString(firstReadId, out);
        // Most reads are the first of their chain.
        Binary.writeString(Objects.equals(readId, firstReadId) ? null : readId, out);
        Binary.writeDistance(assignedAt, tagArrival, out);
    }

    static Assignment read(long tagArrival, DataInputView in) throws IOException {
        String firstReadId = Binary.readString(in);
        String readId = Binary.readString(in);
        return new Assignment(
                firstReadId,
                readId == null ? firstReadId : readId,
                Binary.readDistance(tagArrival, in));
    }
}
