package io.atalaya.hotlistmatch.match;

import io.atalaya.hotlistmatch.score.ListedFormat;
import io.atalaya.serde.BinaryFormat;

import org.apache.flink.core.memory.DataInputView;
import org.apache.flink.core.memory.DataOutputView;

import java.io.IOException;

/** Binary form of {@link BucketChange}. */
public final class BucketChangeFormat implements BinaryFormat<BucketChange> {
    public static final BucketChangeFormat INSTANCE = new BucketChangeFormat();

    @Override
    public int version() {
        return 2;
    }

    @Override
    public Class<BucketChange> type() {
        return BucketChange.class;
    }

    @Override
    public void write(BucketChange change, DataOutputView out) throws IOException {
        out.writeLong(change.bucket());
        ListedFormat.INSTANCE.write(change.listed(), out);
        out.writeLong(change.from());
        out.writeLong(change.to());
    }

    @Override
    public BucketChange read(int version, DataInputView in) throws IOException {
        requireKnown(version);
        return new BucketChange(
                in.readLong(),
                ListedFormat.INSTANCE.read(version, in),
                in.readLong(),
                in.readLong());
    }
}
