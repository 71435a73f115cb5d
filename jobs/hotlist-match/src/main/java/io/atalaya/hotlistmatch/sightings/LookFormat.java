package io.atalaya.hotlistmatch.sightings;

import io.atalaya.hotlistmatch.score.Listed;
import io.atalaya.hotlistmatch.score.ListedFormat;
import io.atalaya.serde.BinaryFormat;

import org.apache.flink.core.memory.DataInputView;
import org.apache.flink.core.memory.DataOutputView;

import java.io.IOException;

/** Binary form of {@link Look}. The sequence is left out: it counts within one run only. */
public final class LookFormat implements BinaryFormat<Look> {
    static final LookFormat INSTANCE = new LookFormat();

    @Override
    public int version() {
        return 3;
    }

    @Override
    public Class<Look> type() {
        return Look.class;
    }

    @Override
    public void write(Look look, DataOutputView out) throws IOException {
        ListedFormat.INSTANCE.write(look.listed(), out);
        out.writeLong(look.from());
        out.writeLong(look.since());
    }

    @Override
    public Look read(int version, DataInputView in) throws IOException {
        requireKnown(version);
        Listed listed = ListedFormat.INSTANCE.read(Math.min(version, 2), in);
        long from = in.readLong();
        long since = version >= 3 ? in.readLong() : listed.isPattern() ? from : 0;
        return new Look(0, listed, from, since);
    }
}
