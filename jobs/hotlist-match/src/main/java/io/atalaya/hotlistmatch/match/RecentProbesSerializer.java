package io.atalaya.hotlistmatch.match;

import io.atalaya.flink.serializer.Binary;
import io.atalaya.flink.serializer.StateSerializer;

import org.apache.flink.core.memory.DataInputView;
import org.apache.flink.core.memory.DataOutputView;

import java.io.IOException;

/** Serializer of {@link RecentProbes}. */
public final class RecentProbesSerializer implements StateSerializer<RecentProbes> {
    static final RecentProbesSerializer INSTANCE = new RecentProbesSerializer();

    @Override
    public String id() {
        return "recent-probes";
    }

    @Override
    public Class<RecentProbes> type() {
        return RecentProbes.class;
    }

    @Override
    public void write(RecentProbes recent, DataOutputView out) throws IOException {
        Binary.writeList(recent.probes(), ProbeSerializer::writeKept, out);
    }

    @Override
    public RecentProbes read(DataInputView in) throws IOException {
        return new RecentProbes(Binary.readList(ProbeSerializer::readKept, in));
    }
}
