package io.atalaya.videoanalytics.anomaly;

import io.atalaya.anomaly.trajectory.Trajectory;
import io.atalaya.flink.serializer.Binary;
import io.atalaya.flink.serializer.RecordPositionCode;
import io.atalaya.flink.serializer.RecordSerializer;
import io.atalaya.videoanalytics.track.ObjectClass;

import org.apache.flink.core.memory.DataInputView;
import org.apache.flink.core.memory.DataOutputView;

import java.io.IOException;

/**
 * Serializer of {@link Observation}. Times along a trajectory are stored in ms, positions as
 * floats.
 */
public final class ObservationSerializer implements RecordSerializer<Observation> {
    public static final ObservationSerializer INSTANCE = new ObservationSerializer();

    private static final int PASSAGE = 1;
    private static final int ACTIVITY = 2;

    @Override
    public Class<Observation> type() {
        return Observation.class;
    }

    @Override
    public void write(Observation observation, DataOutputView out) throws IOException {
        out.writeByte(observation instanceof CompletedTrack ? PASSAGE : ACTIVITY);
        writeLocation(observation.location(), out);
        out.writeLong(observation.at());
        out.writeBoolean(observation.explained());
        if (observation instanceof CompletedTrack passage) {
            Binary.writeString(passage.anchor(), out);
            out.writeLong(passage.since());
            Binary.writeList(passage.trackIds(), Binary::writeString, out);
            out.writeByte(passage.objectClass().code());
            writeTrajectory(passage.trajectory(), out);
        } else if (observation instanceof ActivitySample activity) {
            out.writeLong(activity.time());
            out.writeByte(activity.objectClass().code());
            out.writeFloat(activity.inView());
        }
        RecordPositionCode.write(observation.position(), out);
    }

    @Override
    public Observation read(DataInputView in) throws IOException {
        int kind = in.readByte();
        Observation.CameraLocation location = readLocation(in);
        long at = in.readLong();
        boolean explained = in.readBoolean();
        return switch (kind) {
            case PASSAGE ->
                    new CompletedTrack(
                            location,
                            at,
                            explained,
                            Binary.readString(in),
                            in.readLong(),
                            Binary.readList(Binary::readString, in),
                            ObjectClass.ofCode(in.readByte()),
                            readTrajectory(in),
                            RecordPositionCode.read(in));
            case ACTIVITY ->
                    new ActivitySample(
                            location,
                            at,
                            explained,
                            in.readLong(),
                            ObjectClass.ofCode(in.readByte()),
                            in.readFloat(),
                            RecordPositionCode.read(in));
            default -> throw new IOException("observation of kind " + kind + " is unknown");
        };
    }

    static void writeLocation(Observation.CameraLocation location, DataOutputView out)
            throws IOException {
        Binary.writeString(location.deviceId(), out);
        Binary.writeString(location.site(), out);
        Binary.writeDoubleOrNull(location.latitude(), out);
        Binary.writeDoubleOrNull(location.longitude(), out);
    }

    static Observation.CameraLocation readLocation(DataInputView in) throws IOException {
        return new Observation.CameraLocation(
                Binary.readString(in),
                Binary.readString(in),
                Binary.readDoubleOrNull(in),
                Binary.readDoubleOrNull(in));
    }

    private static void writeTrajectory(Trajectory trajectory, DataOutputView out)
            throws IOException {
        Binary.writeVarInt(trajectory.size(), out);
        for (int i = 0; i < trajectory.size(); i++) {
            out.writeInt((int) Math.round(1000 * trajectory.t()[i]));
            out.writeFloat((float) trajectory.x()[i]);
            out.writeFloat((float) trajectory.y()[i]);
        }
    }

    private static Trajectory readTrajectory(DataInputView in) throws IOException {
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
