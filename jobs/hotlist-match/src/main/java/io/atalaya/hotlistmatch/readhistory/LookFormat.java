package io.atalaya.hotlistmatch.readhistory;

import io.atalaya.flink.serializer.RecordPositionCode;
import io.atalaya.flink.serializer.StateFormat;
import io.atalaya.hotlistmatch.score.Listed;
import io.atalaya.hotlistmatch.score.ListedFormat;

import org.apache.flink.core.memory.DataInputView;
import org.apache.flink.core.memory.DataOutputView;

import java.io.IOException;

/** Binary form of {@link Look}. The sequence is left out: it counts within one run only. */
public final class LookFormat implements StateFormat<Look> {
    static final LookFormat INSTANCE = new LookFormat();

    @Override
    public String id() {
        return "past-read-query";
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
        RecordPositionCode.write(look.position(), out);
    }

    @Override
    public Look read(DataInputView in) throws IOException {
        Listed listed = ListedFormat.INSTANCE.read(in);
        long from = in.readLong();
        long since = in.readLong();
        return new Look(0, listed, from, since, RecordPositionCode.read(in));
    }
}
