package io.atalaya.hotlistmatch.calibration;

import io.atalaya.flink.serializer.Binary;
import io.atalaya.flink.serializer.RecordPositionCode;
import io.atalaya.flink.serializer.RecordSerializer;
import io.atalaya.hotlistmatch.event.CalibrationSubjectSerializer;

import org.apache.flink.core.memory.DataInputView;
import org.apache.flink.core.memory.DataOutputView;

import java.io.IOException;

/** Serializer of {@link OutcomeUpdate}. */
public final class OutcomeUpdateSerializer implements RecordSerializer<OutcomeUpdate> {
    public static final OutcomeUpdateSerializer INSTANCE = new OutcomeUpdateSerializer();

    @Override
    public Class<OutcomeUpdate> type() {
        return OutcomeUpdate.class;
    }

    @Override
    public void write(OutcomeUpdate answer, DataOutputView out) throws IOException {
        CalibrationSubjectSerializer.INSTANCE.write(answer.subject(), out);
        Binary.writeString(answer.alertId(), out);
        out.writeLong(answer.arrival());
        Binary.writeOptional(
                answer.labelledPrediction(), OutcomeUpdateSerializer::writeLesson, out);
        Binary.writeString(answer.deviceId(), out);
        RecordPositionCode.write(answer.position(), out);
    }

    @Override
    public OutcomeUpdate read(DataInputView in) throws IOException {
        return new OutcomeUpdate(
                CalibrationSubjectSerializer.INSTANCE.read(in),
                Binary.readString(in),
                in.readLong(),
                Binary.readOptional(OutcomeUpdateSerializer::readLesson, in),
                Binary.readString(in),
                RecordPositionCode.read(in));
    }

    static void writeLesson(OutcomeUpdate.LabelledPrediction labelledPrediction, DataOutputView out)
            throws IOException {
        Binary.writeString(labelledPrediction.alertId(), out);
        Binary.writeString(labelledPrediction.deviceId(), out);
        out.writeLong(labelledPrediction.arrival());
        out.writeBoolean(labelledPrediction.right());
        out.writeDouble(labelledPrediction.logOdds());
    }

    static OutcomeUpdate.LabelledPrediction readLesson(DataInputView in) throws IOException {
        return new OutcomeUpdate.LabelledPrediction(
                Binary.readString(in),
                Binary.readString(in),
                in.readLong(),
                in.readBoolean(),
                in.readDouble());
    }
}
