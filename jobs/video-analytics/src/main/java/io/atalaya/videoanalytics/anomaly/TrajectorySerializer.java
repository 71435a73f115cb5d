package io.atalaya.videoanalytics.anomaly;

import io.atalaya.anomaly.trajectory.Trajectory;
import io.atalaya.flink.serializer.Binary;
import io.atalaya.flink.serializer.RecordSerializer;

import org.apache.flink.core.memory.DataInputView;
import org.apache.flink.core.memory.DataOutputView;

import java.io.IOException;

/**
 * Serializer of a {@link Trajectory}, by hand because it rounds times to milliseconds and positions
 * to floats, which halves its size.
 */
final class TrajectorySerializer implements RecordSerializer<Trajectory> {
    @Override
    public void write(Trajectory trajectory, DataOutputView out) throws IOException {
        Binary.writeVarInt(trajectory.size(), out);
        for (int i = 0; i < trajectory.size(); i++) {
            out.writeInt((int) Math.round(1000 * trajectory.t()[i]));
            out.writeFloat((float) trajectory.x()[i]);
            out.writeFloat((float) trajectory.y()[i]);
        }
    }

    @Override
    public Trajectory read(DataInputView in) throws IOException {
        int points = Binary.readVarInt(in);
        double[] t = new double[points];
        double[] x = new double[points];
        double[] y = new double[points];
        for (int i = 0; i < points; i++) {
            t[i] = in.readInt() / 1000.0;
            x[i] = in.readFloat();
            y[i] = in.readFloat();
        }
        return new Trajectory(t, x, y);
    }
}
