package io.atalaya.hotlistmatch.prefilter;

import io.atalaya.flink.serializer.RecordSerializer;

import org.apache.flink.core.memory.DataInputView;
import org.apache.flink.core.memory.DataOutputView;

import java.io.IOException;
import java.nio.ByteBuffer;

/**
 * Serializer of {@link FilterChunk}, by hand because every checkpoint writes all chunks. The hash
 * in {@link DeletionFilter} is part of the state: with another hash a restored filter finds no
 * plate.
 */
public final class FilterChunkSerializer implements RecordSerializer<ListFilterState.FilterChunk> {
    private static final int BYTES_PER_SET_WORD = Integer.BYTES + Long.BYTES;

    @Override
    public void write(ListFilterState.FilterChunk chunk, DataOutputView out) throws IOException {
        long[] words = chunk.words();
        int set = 0;
        for (long word : words) {
            set += word == 0 ? 0 : 1;
        }
        boolean isSparse = set * BYTES_PER_SET_WORD < words.length * Long.BYTES;
        ByteBuffer bytes =
                ByteBuffer.allocate(
                        isSparse ? set * BYTES_PER_SET_WORD : words.length * Long.BYTES);
        out.writeInt(chunk.index());
        if (isSparse) {
            // Flink compresses state byte by byte, and the filter over a short list is empty.
            out.writeInt(~words.length);
            out.writeInt(set);
            for (int i = 0; i < words.length; i++) {
                if (words[i] != 0) {
                    bytes.putInt(i).putLong(words[i]);
                }
            }
        } else {
            out.writeInt(words.length);
            bytes.asLongBuffer().put(words);
        }
        // Written in one call, because a million entries are 30 MiB in every checkpoint.
        out.write(bytes.array());
    }

    @Override
    public ListFilterState.FilterChunk read(DataInputView in) throws IOException {
        int index = in.readInt();
        int length = in.readInt();
        long[] words = new long[length < 0 ? ~length : length];
        if (length < 0) {
            for (int set = in.readInt(); set > 0; set--) {
                words[in.readInt()] = in.readLong();
            }
        } else {
            for (int i = 0; i < words.length; i++) {
                words[i] = in.readLong();
            }
        }
        return new ListFilterState.FilterChunk(index, words);
    }
}
