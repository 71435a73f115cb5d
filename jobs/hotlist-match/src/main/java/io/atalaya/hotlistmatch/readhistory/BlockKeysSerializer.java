package io.atalaya.hotlistmatch.readhistory;

import io.atalaya.flink.serializer.Binary;
import io.atalaya.flink.serializer.RecordSerializer;

import it.unimi.dsi.fastutil.longs.LongArrayList;
import it.unimi.dsi.fastutil.longs.LongList;
import org.apache.flink.core.memory.DataInputView;
import org.apache.flink.core.memory.DataOutputView;

import java.io.IOException;
import java.util.BitSet;

/**
 * Serializer of {@link BlockKeys}, by hand because it has a key for every stored read. A plate of
 * up to seven characters takes five bytes.
 */
final class BlockKeysSerializer implements RecordSerializer<BlockKeys> {
    private static final int SHORT_BITS = 40;

    @Override
    public void write(BlockKeys block, DataOutputView out) throws IOException {
        LongList keys = block.keys();
        BitSet isLong = new BitSet(keys.size());
        for (int i = 0; i < keys.size(); i++) {
            isLong.set(i, keys.getLong(i) >>> SHORT_BITS != 0);
        }
        Binary.writeVarLong(block.newestArrival(), out);
        Binary.writeVarInt(keys.size(), out);
        Binary.writeBytes(isLong.toByteArray(), out);
        Binary.writeBytes(block.evictions().toByteArray(), out);
        for (int i = 0; i < keys.size(); i++) {
            long key = keys.getLong(i);
            if (isLong.get(i)) {
                out.writeLong(key);
            } else {
                out.writeByte((int) (key >>> Integer.SIZE));
                out.writeInt((int) key);
            }
        }
    }

    @Override
    public BlockKeys read(DataInputView in) throws IOException {
        long newestArrival = Binary.readVarLong(in);
        int size = Binary.readVarInt(in);
        BitSet isLong = BitSet.valueOf(Binary.readBytes(in));
        BitSet evictions = BitSet.valueOf(Binary.readBytes(in));
        LongList keys = new LongArrayList(size);
        for (int i = 0; i < size; i++) {
            keys.add(
                    isLong.get(i)
                            ? in.readLong()
                            : (long) in.readUnsignedByte() << Integer.SIZE
                                    | Integer.toUnsignedLong(in.readInt()));
        }
        return new BlockKeys(newestArrival, keys, evictions);
    }
}
