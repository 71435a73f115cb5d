package io.atalaya.hotlistmatch.event;

import io.atalaya.flink.serializer.RecordPositionCode;
import io.atalaya.flink.serializer.RecordSerializer;
import io.atalaya.hotlistmatch.score.MatchTargetSerializer;

import org.apache.flink.core.memory.DataInputView;
import org.apache.flink.core.memory.DataOutputView;

import java.io.IOException;

/** Serializer of {@link BucketChange}. */
public final class BucketChangeSerializer implements RecordSerializer<BucketChange> {
    public static final BucketChangeSerializer INSTANCE = new BucketChangeSerializer();

    private static final int VERSION = 1;
    private static final int MARK = 2;

    @Override
    public Class<BucketChange> type() {
        return BucketChange.class;
    }

    @Override
    public void write(BucketChange change, DataOutputView out) throws IOException {
        if (change instanceof BucketChange.Version version) {
            out.writeByte(VERSION);
            out.writeLong(version.bucket());
            MatchTargetSerializer.INSTANCE.write(version.listed(), out);
            out.writeLong(version.from());
            out.writeLong(version.to());
            RecordPositionCode.write(version.position(), out);
        } else if (change instanceof BucketChange.Mark mark) {
            out.writeByte(MARK);
            out.writeLong(mark.bucket());
            out.writeLong(mark.sequence());
        } else {
            throw new IllegalArgumentException("no form for " + change.getClass());
        }
    }

    @Override
    public BucketChange read(DataInputView in) throws IOException {
        int kind = in.readByte();
        return switch (kind) {
            case VERSION ->
                    new BucketChange.Version(
                            in.readLong(),
                            MatchTargetSerializer.INSTANCE.read(in),
                            in.readLong(),
                            in.readLong(),
                            RecordPositionCode.read(in));
            case MARK -> new BucketChange.Mark(in.readLong(), in.readLong());
            default -> throw new IOException("bucket change kind " + kind + " is unknown");
        };
    }
}
