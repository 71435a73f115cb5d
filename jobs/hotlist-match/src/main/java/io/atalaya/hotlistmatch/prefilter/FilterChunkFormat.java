package io.atalaya.hotlistmatch.prefilter;

import io.atalaya.serde.BinaryFormat;

import org.apache.flink.core.memory.DataInputView;
import org.apache.flink.core.memory.DataOutputView;

import java.io.IOException;
import java.nio.ByteBuffer;

/**
 * Binary form of {@link FilterChunk}. Which bits stand for a plate is part of the form: another
 * hash in {@link DeletionFilter} would find nothing in a restored filter, and is a new version. The
 * filters of version 1 did not hold plates by themselves.
 */
public final class FilterChunkFormat implements BinaryFormat<FilterChunk> {
    static final FilterChunkFormat INSTANCE = new FilterChunkFormat();

    @Override
    public int version() {
        return 2;
    }

    @Override
    public Class<FilterChunk> type() {
        return FilterChunk.class;
    }

    @Override
    public void write(FilterChunk chunk, DataOutputView out) throws IOException {
        out.writeBoolean(chunk.holdsWhole());
        out.writeInt(chunk.index());
        out.writeInt(chunk.words().length);
        // At once: 30 MiB for a million entries, in every checkpoint.
        byte[] words = new byte[chunk.words().length * Long.BYTES];
        ByteBuffer.wrap(words).asLongBuffer().put(chunk.words());
        out.write(words);
    }

    @Override
    public FilterChunk read(int version, DataInputView in) throws IOException {
        requireKnown(version);
        boolean rebuilding = version < 2 && in.readBoolean();
        boolean holdsWhole = version >= 2 && in.readBoolean();
        int index = in.readInt();
        long[] words = new long[in.readInt()];
        for (int i = 0; i < words.length; i++) {
            words[i] = in.readLong();
        }
        return new FilterChunk(rebuilding, holdsWhole, index, words);
    }
}
