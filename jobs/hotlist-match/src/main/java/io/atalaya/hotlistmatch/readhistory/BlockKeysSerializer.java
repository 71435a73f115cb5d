package io.atalaya.hotlistmatch.readhistory;

import io.atalaya.flink.serializer.Binary;
import io.atalaya.flink.serializer.RecordSerializer;

import it.unimi.dsi.fastutil.longs.LongArrayList;
import it.unimi.dsi.fastutil.longs.LongList;
import org.apache.flink.core.memory.DataInputView;
import org.apache.flink.core.memory.DataOutputView;

import java.io.IOException;
import java.util.BitSet;

/** Serializer of {@link BlockKeys}, by hand because it has a key for every stored read. */
final class BlockKeysSerializer implements RecordSerializer<BlockKeys> {
    @Override
    public void write(BlockKeys block, DataOutputView out) throws IOException {
        Binary.writeVarLong(block.newestArrival(), out);
        LongList keys = block.keys();
        Binary.writeVarInt(keys.size(), out);
        for (int i = 0; i < keys.size(); i++) {
            Binary.writeVarLong(keys.getLong(i), out);
        }
        Binary.writeBytes(block.evictions().toByteArray(), out);
    }

    @Override
    public BlockKeys read(DataInputView in) throws IOException {
        long newestArrival = Binary.readVarLong(in);
        int size = Binary.readVarInt(in);
        LongList keys = new LongArrayList(size);
        for (int i = 0; i < size; i++) {
            keys.add(Binary.readVarLong(in));
        }
        return new BlockKeys(newestArrival, keys, BitSet.valueOf(Binary.readBytes(in)));
    }
}
