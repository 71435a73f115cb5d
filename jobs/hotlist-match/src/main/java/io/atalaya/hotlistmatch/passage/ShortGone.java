package io.atalaya.hotlistmatch.passage;

import io.atalaya.serde.Binary;

import org.apache.flink.core.memory.DataInputView;
import org.apache.flink.core.memory.DataOutputView;

import java.io.IOException;

/** The binary form of a {@link Gone}: the read is often the passage's first. */
final class ShortGone {
    private static final int REVISED = 1;
    private static final int FIRST_READ = 1 << 1;

    private ShortGone() {}

    static void write(Gone gone, DataOutputView out) throws IOException {
        boolean isFirst = gone.readKey().equals(gone.passageId());
        out.writeByte((gone.revised() ? REVISED : 0) | (isFirst ? FIRST_READ : 0));
        Binary.writeString(gone.passageId(), out);
        if (!isFirst) {
            Binary.writeString(gone.readKey(), out);
        }
        Binary.writeVarLong(gone.at(), out);
        Binary.writeVarInt(gone.told(), out);
    }

    static Gone read(DataInputView in) throws IOException {
        int flags = in.readByte();
        String passageId = Binary.readString(in);
        return new Gone(
                passageId,
                (flags & FIRST_READ) == 0 ? Binary.readString(in) : passageId,
                Binary.readVarLong(in),
                (flags & REVISED) != 0,
                Binary.readVarInt(in));
    }
}
