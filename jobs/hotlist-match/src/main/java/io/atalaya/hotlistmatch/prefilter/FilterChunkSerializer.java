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
    @Override
    public void write(ListFilterState.FilterChunk chunk, DataOutputView out) throws IOException {
        out.writeInt(chunk.index());
        out.writeInt(chunk.words().length);
        // Written in one call, because a million entries are 30 MiB in every checkpoint.
        byte[] words = new byte[chunk.words().length * Long.BYTES];
        ByteBuffer.wrap(words).asLongBuffer().put(chunk.words());
        out.write(words);
    }

    @Override
    public ListFilterState.FilterChunk read(DataInputView in) throws IOException {
        int index = in.readInt();
        long[] words = new long[in.readInt()];
        for (int i = 0; i < words.length; i++) {
            words[i] = in.readLong();
        }
        return new ListFilterState.FilterChunk(index, words);
    }
}
