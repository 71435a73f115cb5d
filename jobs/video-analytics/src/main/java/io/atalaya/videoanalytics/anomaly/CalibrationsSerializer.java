package io.atalaya.videoanalytics.anomaly;

import io.atalaya.flink.serializer.Binary;
import io.atalaya.flink.serializer.StateSerializer;

import org.apache.flink.core.memory.DataInputView;
import org.apache.flink.core.memory.DataOutputView;

import java.io.IOException;

/** Binary form of {@link Calibrations}. */
public final class CalibrationsSerializer implements StateSerializer<Calibrations> {
    public static final CalibrationsSerializer INSTANCE = new CalibrationsSerializer();

    @Override
    public String id() {
        return "camera-models";
    }

    @Override
    public Class<Calibrations> type() {
        return Calibrations.class;
    }

    @Override
    public void write(Calibrations calibrations, DataOutputView out) throws IOException {
        Binary.writeList(calibrations.byVersion(), CalibrationsSerializer::write, out);
    }

    private static void write(Calibration calibration, DataOutputView out) throws IOException {
        Binary.writeString(calibration.version(), out);
        Binary.writeVarInt(calibration.learned().length, out);
        out.write(calibration.learned());
    }

    @Override
    public Calibrations read(DataInputView in) throws IOException {
        return new Calibrations(Binary.readList(CalibrationsSerializer::readOne, in));
    }

    private static Calibration readOne(DataInputView in) throws IOException {
        String version = Binary.readString(in);
        byte[] learned = new byte[Binary.readVarInt(in)];
        in.readFully(learned);
        return new Calibration(version, learned);
    }
}
