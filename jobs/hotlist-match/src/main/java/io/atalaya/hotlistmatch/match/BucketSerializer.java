package io.atalaya.hotlistmatch.match;

import io.atalaya.flink.serializer.Binary;
import io.atalaya.flink.serializer.RecordSerializer;

import org.apache.flink.core.memory.DataInputView;
import org.apache.flink.core.memory.DataOutputView;

import java.io.IOException;

/** Serializer of {@link Bucket}, by hand because each probe reads one: its rows stay arrays. */
public final class BucketSerializer implements RecordSerializer<Bucket> {
    @Override
    public void write(Bucket bucket, DataOutputView out) throws IOException {
        int size = bucket.size();
        Binary.writeVarInt(size, out);
        for (int i = 0; i < size; i++) {
            out.writeLong(bucket.plates[i]);
            out.writeLong(bucket.from[i]);
            out.writeLong(bucket.to[i]);
            Binary.writeVarInt(bucket.offsets[i + 1] - bucket.offsets[i], out);
        }
        out.write(bucket.listed);
    }

    @Override
    public Bucket read(DataInputView in) throws IOException {
        int size = Binary.readVarInt(in);
        long[] plates = new long[size];
        long[] from = new long[size];
        long[] to = new long[size];
        int[] offsets = new int[size + 1];
        for (int i = 0; i < size; i++) {
            plates[i] = in.readLong();
            from[i] = in.readLong();
            to[i] = in.readLong();
            offsets[i + 1] = offsets[i] + Binary.readVarInt(in);
        }
        byte[] listed = new byte[offsets[size]];
        in.readFully(listed);
        return new Bucket(plates, from, to, offsets, listed);
    }
}
