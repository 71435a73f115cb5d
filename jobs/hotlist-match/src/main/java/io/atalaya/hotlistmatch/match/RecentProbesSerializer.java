package io.atalaya.hotlistmatch.match;

import io.atalaya.flink.serializer.Binary;
import io.atalaya.flink.serializer.RecordSerializer;

import org.apache.flink.core.memory.DataInputView;
import org.apache.flink.core.memory.DataOutputView;

import java.io.IOException;

/**
 * Serializer of {@link RecentProbes}, by hand because it omits what a {@link Probe} need not keep.
 */
public final class RecentProbesSerializer implements RecordSerializer<RecentProbes> {
    @Override
    public void write(RecentProbes recent, DataOutputView out) throws IOException {
        Binary.writeList(recent.probes(), ProbeSerializer::writeStored, out);
    }

    @Override
    public RecentProbes read(DataInputView in) throws IOException {
        return new RecentProbes(Binary.readList(ProbeSerializer::readStored, in));
    }
}
