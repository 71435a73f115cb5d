package io.atalaya.hotlistmatch.event;

import io.atalaya.flink.serializer.Binary;
import io.atalaya.flink.serializer.RecordSerializer;

import org.apache.flink.core.memory.DataInputView;
import org.apache.flink.core.memory.DataOutputView;

import java.io.IOException;

/** Serializer of {@link CalibrationSubject}. */
public final class CalibrationSubjectSerializer implements RecordSerializer<CalibrationSubject> {
    public static final CalibrationSubjectSerializer INSTANCE = new CalibrationSubjectSerializer();

    private static final int SOURCE = 1;
    private static final int DEVICE = 2;

    @Override
    public Class<CalibrationSubject> type() {
        return CalibrationSubject.class;
    }

    @Override
    public void write(CalibrationSubject subject, DataOutputView out) throws IOException {
        out.writeByte(subject instanceof CalibrationSubject.Source ? SOURCE : DEVICE);
        Binary.writeString(subject.id(), out);
    }

    @Override
    public CalibrationSubject read(DataInputView in) throws IOException {
        int kind = in.readByte();
        String id = Binary.readString(in);
        return switch (kind) {
            case SOURCE -> new CalibrationSubject.Source(id);
            case DEVICE -> new CalibrationSubject.Device(id);
            default -> throw new IOException("subject kind " + kind + " is unknown");
        };
    }
}
