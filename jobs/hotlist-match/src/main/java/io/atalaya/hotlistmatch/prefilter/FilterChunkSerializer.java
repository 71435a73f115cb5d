package io.atalaya.hotlistmatch.prefilter;

import io.atalaya.flink.serializer.StateSerializer;

import org.apache.flink.core.memory.DataInputView;
import org.apache.flink.core.memory.DataOutputView;

import java.io.IOException;
import java.nio.ByteBuffer;

/**
 * Binary form of {@link FilterChunk}. Which bits stand for a plate is part of the form: another
 * hash in {@link DeletionFilter} would find nothing in a restored filter, and is another form.
 */
public final class FilterChunkSerializer implements StateSerializer<FilterChunk> {
    static final FilterChunkSerializer INSTANCE = new FilterChunkSerializer();

    @Override
    public String id() {
        return "filter-chunk";
    }

    @Override
    public Class<FilterChunk> type() {
        return FilterChunk.class;
    }

    @Override
    public void write(FilterChunk chunk, DataOutputView out) throws IOException {
        out.writeInt(chunk.index());
        out.writeInt(chunk.words().length);
        // At once: 30 MiB for a million entries, in every checkpoint.
        byte[] words = new byte[chunk.words().length * Long.BYTES];
        ByteBuffer.wrap(words).asLongBuffer().put(chunk.words());
        out.write(words);
    }

    @Override
    public FilterChunk read(DataInputView in) throws IOException {
        int index = in.readInt();
        long[] words = new long[in.readInt()];
        for (int i = 0; i < words.length; i++) {
            words[i] = in.readLong();
        }
        return new FilterChunk(index, words);
    }
}
