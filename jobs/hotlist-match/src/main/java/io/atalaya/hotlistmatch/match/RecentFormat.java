package io.atalaya.hotlistmatch.match;

import io.atalaya.serde.Binary;
import io.atalaya.serde.BinaryFormat;

import org.apache.flink.core.memory.DataInputView;
import org.apache.flink.core.memory.DataOutputView;

import java.io.IOException;

/**
 * Binary form of {@link Recent}. Versions 1 to 3 are those of {@link PlateEventFormat}, version 4
 * holds version 5 of it.
 */
public final class RecentFormat implements BinaryFormat<Recent> {
    static final RecentFormat INSTANCE = new RecentFormat();

    @Override
    public int version() {
        return 4;
    }

    @Override
    public Class<Recent> type() {
        return Recent.class;
    }

    @Override
    public void write(Recent recent, DataOutputView out) throws IOException {
        Binary.writeList(recent.probes(), ProbeFormat::writeKept, out);
    }

    @Override
    public Recent read(int version, DataInputView in) throws IOException {
        requireKnown(version);
        return new Recent(Binary.readList(ProbeFormat::readKept, in));
    }
}
