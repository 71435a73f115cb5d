package io.atalaya.hotlistmatch.calibration;

import io.atalaya.contracts.disposition.Disposition.Outcome;
import io.atalaya.flink.serializer.Binary;
import io.atalaya.flink.serializer.RecordPositionCode;
import io.atalaya.flink.serializer.RecordSerializer;

import org.apache.flink.core.memory.DataInputView;
import org.apache.flink.core.memory.DataOutputView;

import java.io.IOException;

/** Serializer of {@link AlertFeedback}. Outcomes are written by name. */
public final class AlertFeedbackSerializer implements RecordSerializer<AlertFeedback> {
    public static final AlertFeedbackSerializer INSTANCE = new AlertFeedbackSerializer();

    private static final int PUBLISHED = 1;
    private static final int ANSWERED = 2;

    @Override
    public Class<AlertFeedback> type() {
        return AlertFeedback.class;
    }

    @Override
    public void write(AlertFeedback feedback, DataOutputView out) throws IOException {
        if (feedback instanceof AlertFeedback.Published published) {
            out.writeByte(PUBLISHED);
            Binary.writeString(published.alertId(), out);
            out.writeLong(published.revision());
            Binary.writeOptional(
                    published.prediction(), AlertFeedbackSerializer::writePromise, out);
            RecordPositionCode.write(published.position(), out);
        } else if (feedback instanceof AlertFeedback.Disposed disposition) {
            out.writeByte(ANSWERED);
            writeAnswered(disposition, out);
        } else {
            throw new IllegalArgumentException("no form for " + feedback.getClass());
        }
    }

    @Override
    public AlertFeedback read(DataInputView in) throws IOException {
        int kind = in.readByte();
        return switch (kind) {
            case PUBLISHED ->
                    new AlertFeedback.Published(
                            Binary.readString(in),
                            in.readLong(),
                            Binary.readOptional(AlertFeedbackSerializer::readPromise, in),
                            RecordPositionCode.read(in));
            case ANSWERED -> readAnswered(in);
            default -> throw new IOException("alert news kind " + kind + " is unknown");
        };
    }

    static void writePromise(AlertFeedback.Prediction prediction, DataOutputView out)
            throws IOException {
        Binary.writeString(prediction.source(), out);
        Binary.writeString(prediction.deviceId(), out);
        out.writeDouble(prediction.logOdds());
    }

    static AlertFeedback.Prediction readPromise(DataInputView in) throws IOException {
        return new AlertFeedback.Prediction(
                Binary.readString(in), Binary.readString(in), in.readDouble());
    }

    static void writeAnswered(AlertFeedback.Disposed disposition, DataOutputView out)
            throws IOException {
        Binary.writeString(disposition.alertId(), out);
        Binary.writeString(disposition.dispositionId(), out);
        Binary.writeString(disposition.source(), out);
        Binary.writeString(disposition.deviceId(), out);
        Binary.writeString(disposition.outcome().name(), out);
        out.writeLong(disposition.time());
        out.writeLong(disposition.arrival());
        RecordPositionCode.write(disposition.position(), out);
    }

    static AlertFeedback.Disposed readAnswered(DataInputView in) throws IOException {
        return new AlertFeedback.Disposed(
                Binary.readString(in),
                Binary.readString(in),
                Binary.readString(in),
                Binary.readString(in),
                Outcome.valueOf(Binary.readString(in)),
                in.readLong(),
                in.readLong(),
                RecordPositionCode.read(in));
    }
}
