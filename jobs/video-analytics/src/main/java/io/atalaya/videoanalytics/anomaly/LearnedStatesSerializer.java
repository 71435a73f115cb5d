package io.atalaya.videoanalytics.anomaly;

import io.atalaya.flink.serializer.Binary;
import io.atalaya.flink.serializer.StateSerializer;

import org.apache.flink.core.memory.DataInputView;
import org.apache.flink.core.memory.DataOutputView;

import java.io.IOException;

/** Serializer of {@link LearnedStates}. */
public final class LearnedStatesSerializer implements StateSerializer<LearnedStates> {
    public static final LearnedStatesSerializer INSTANCE = new LearnedStatesSerializer();

    @Override
    public String id() {
        return "camera-models";
    }

    @Override
    public Class<LearnedStates> type() {
        return LearnedStates.class;
    }

    @Override
    public void write(LearnedStates calibrations, DataOutputView out) throws IOException {
        Binary.writeList(calibrations.byVersion(), LearnedStatesSerializer::write, out);
    }

    private static void write(LearnedStates.LearnedState calibration, DataOutputView out)
            throws IOException {
        Binary.writeString(calibration.version(), out);
        Binary.writeVarInt(calibration.learned().length, out);
        out.write(calibration.learned());
    }

    @Override
    public LearnedStates read(DataInputView in) throws IOException {
        return new LearnedStates(Binary.readList(LearnedStatesSerializer::readOne, in));
    }

    private static LearnedStates.LearnedState readOne(DataInputView in) throws IOException {
        String version = Binary.readString(in);
        byte[] learned = new byte[Binary.readVarInt(in)];
        in.readFully(learned);
        return new LearnedStates.LearnedState(version, learned);
    }
}
