package io.atalaya.hotlistmatch.calibration;

import io.atalaya.flink.serializer.Binary;
import io.atalaya.flink.serializer.StateFormat;
import io.atalaya.hotlistmatch.event.CalibrationSubjectFormat;

import org.apache.flink.core.memory.DataInputView;
import org.apache.flink.core.memory.DataOutputView;

import java.io.IOException;

/** Binary form of {@link AnsweredAlert}. */
public final class AnsweredAlertFormat implements StateFormat<AnsweredAlert> {
    static final AnsweredAlertFormat INSTANCE = new AnsweredAlertFormat();

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
        Binary.writeOptional(alert.promise(), AlertNewsFormat::writePromise, out);
        Binary.writeOptional(alert.answered(), AlertNewsFormat::writeAnswered, out);
        Binary.writeList(alert.taught(), CalibrationSubjectFormat.INSTANCE::write, out);
    }

    @Override
    public AnsweredAlert read(DataInputView in) throws IOException {
        return new AnsweredAlert(
                in.readLong(),
                Binary.readOptional(AlertNewsFormat::readPromise, in),
                Binary.readOptional(AlertNewsFormat::readAnswered, in),
                Binary.readList(CalibrationSubjectFormat.INSTANCE::read, in));
    }
}
