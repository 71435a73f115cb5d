package io.atalaya.hotlistmatch.readhistory;

import io.atalaya.flink.serializer.RecordPositionCode;
import io.atalaya.flink.serializer.StateSerializer;
import io.atalaya.hotlistmatch.score.MatchTarget;
import io.atalaya.hotlistmatch.score.MatchTargetSerializer;

import org.apache.flink.core.memory.DataInputView;
import org.apache.flink.core.memory.DataOutputView;

import java.io.IOException;

/**
 * Serializer of {@link PastReadQueue.PastReadQuery}, without the sequence, because it is valid
 * within one run only.
 */
public final class PastReadQuerySerializer implements StateSerializer<PastReadQueue.PastReadQuery> {
    static final PastReadQuerySerializer INSTANCE = new PastReadQuerySerializer();

    @Override
    public String id() {
        return "past-read-query";
    }

    @Override
    public Class<PastReadQueue.PastReadQuery> type() {
        return PastReadQueue.PastReadQuery.class;
    }

    @Override
    public void write(PastReadQueue.PastReadQuery query, DataOutputView out) throws IOException {
        MatchTargetSerializer.INSTANCE.write(query.listed(), out);
        out.writeLong(query.from());
        out.writeLong(query.since());
        RecordPositionCode.write(query.position(), out);
    }

    @Override
    public PastReadQueue.PastReadQuery read(DataInputView in) throws IOException {
        MatchTarget listed = MatchTargetSerializer.INSTANCE.read(in);
        long from = in.readLong();
        long since = in.readLong();
        return new PastReadQueue.PastReadQuery(0, listed, from, since, RecordPositionCode.read(in));
    }
}
