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

    void write(DataOutputView out) throws IOException {
        Binary.writeString(firstReadId, out);
        Binary.writeString(readId, out);
        out.writeLong(assignedAt);
    }

    static Assignment read(DataInputView in) throws IOException {
        return new Assignment(Binary.readString(in), Binary.readString(in), in.readLong());
    }
}
