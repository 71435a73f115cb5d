package io.atalaya.hotlistmatch.calibration;

import io.atalaya.flink.serializer.Binary;
import io.atalaya.flink.serializer.StateSerializer;
import io.atalaya.hotlistmatch.event.CalibrationSubjectSerializer;

import org.apache.flink.core.memory.DataInputView;
import org.apache.flink.core.memory.DataOutputView;

import java.io.IOException;

/** Binary form of {@link AnsweredAlert}. */
public final class AnsweredAlertSerializer implements StateSerializer<AnsweredAlert> {
    static final AnsweredAlertSerializer INSTANCE = new AnsweredAlertSerializer();

    @Override
    public String id() {
        return "alert-outcome";
    }

    @Override
    public Class<AnsweredAlert> type() {
        return AnsweredAlert.class;
    }

    @Override
    public void write(AnsweredAlert alert, DataOutputView out) throws IOException {
        out.writeLong(alert.revision());
        Binary.writeOptional(alert.promise(), AlertNewsSerializer::writePromise, out);
        Binary.writeOptional(alert.answered(), AlertNewsSerializer::writeAnswered, out);
        Binary.writeList(alert.taught(), CalibrationSubjectSerializer.INSTANCE::write, out);
    }

    @Override
    public AnsweredAlert read(DataInputView in) throws IOException {
        return new AnsweredAlert(
                in.readLong(),
                Binary.readOptional(AlertNewsSerializer::readPromise, in),
                Binary.readOptional(AlertNewsSerializer::readAnswered, in),
                Binary.readList(CalibrationSubjectSerializer.INSTANCE::read, in));
    }
}
