package io.atalaya.hotlistmatch.calibration;

import io.atalaya.flink.serializer.Binary;
import io.atalaya.flink.serializer.StateSerializer;
import io.atalaya.hotlistmatch.event.CalibrationSubjectSerializer;

import org.apache.flink.core.memory.DataInputView;
import org.apache.flink.core.memory.DataOutputView;

import java.io.IOException;

/** Serializer of {@link AlertOutcomeState}. */
public final class AlertOutcomeStateSerializer implements StateSerializer<AlertOutcomeState> {
    static final AlertOutcomeStateSerializer INSTANCE = new AlertOutcomeStateSerializer();

    @Override
    public String id() {
        return "alert-outcome";
    }

    @Override
    public Class<AlertOutcomeState> type() {
        return AlertOutcomeState.class;
    }

    @Override
    public void write(AlertOutcomeState alert, DataOutputView out) throws IOException {
        out.writeLong(alert.revision());
        Binary.writeOptional(alert.prediction(), AlertFeedbackSerializer::writePromise, out);
        Binary.writeOptional(alert.disposition(), AlertFeedbackSerializer::writeAnswered, out);
        Binary.writeList(alert.informed(), CalibrationSubjectSerializer.INSTANCE::write, out);
    }

    @Override
    public AlertOutcomeState read(DataInputView in) throws IOException {
        return new AlertOutcomeState(
                in.readLong(),
                Binary.readOptional(AlertFeedbackSerializer::readPromise, in),
                Binary.readOptional(AlertFeedbackSerializer::readAnswered, in),
                Binary.readList(CalibrationSubjectSerializer.INSTANCE::read, in));
    }
}
