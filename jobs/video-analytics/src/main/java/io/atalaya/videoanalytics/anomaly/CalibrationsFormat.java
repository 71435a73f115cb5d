package io.atalaya.videoanalytics.anomaly;

import io.atalaya.flink.serializer.Binary;
import io.atalaya.flink.serializer.StateFormat;

import org.apache.flink.core.memory.DataInputView;
import org.apache.flink.core.memory.DataOutputView;

import java.io.IOException;

/** Binary form of {@link Calibrations}. */
public final class CalibrationsFormat implements StateFormat<Calibrations> {
    public static final CalibrationsFormat INSTANCE = new CalibrationsFormat();

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
        Binary.writeList(calibrations.byVersion(), CalibrationsFormat::write, out);
    }

    private static void write(Calibration calibration, DataOutputView out) throws IOException {
        Binary.writeString(calibration.version(), out);
        Binary.writeVarInt(calibration.learned().length, out);
        out.write(calibration.learned());
    }

    @Override
    public Calibrations read(DataInputView in) throws IOException {
        return new Calibrations(Binary.readList(CalibrationsFormat::readOne, in));
    }

    private static Calibration readOne(DataInputView in) throws IOException {
        String version = Binary.readString(in);
        byte[] learned = new byte[Binary.readVarInt(in)];
        in.readFully(learned);
        return new Calibration(version, learned);
    }
}
