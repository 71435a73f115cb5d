package io.atalaya.hotlistmatch.match;

import io.atalaya.flink.serializer.Binary;
import io.atalaya.flink.serializer.StateSerializer;

import org.apache.flink.core.memory.DataInputView;
import org.apache.flink.core.memory.DataOutputView;

import java.io.IOException;

/** Binary form of {@link Recent}. */
public final class RecentSerializer implements StateSerializer<Recent> {
    static final RecentSerializer INSTANCE = new RecentSerializer();

    @Override
    public String id() {
        return "recent-probes";
    }

    @Override
    public Class<Recent> type() {
        return Recent.class;
    }

    @Override
    public void write(Recent recent, DataOutputView out) throws IOException {
        Binary.writeList(recent.probes(), ProbeSerializer::writeKept, out);
    }

    @Override
    public Recent read(DataInputView in) throws IOException {
        return new Recent(Binary.readList(ProbeSerializer::readKept, in));
    }
}
