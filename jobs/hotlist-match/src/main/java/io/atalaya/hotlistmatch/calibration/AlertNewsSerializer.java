package io.atalaya.hotlistmatch.calibration;

import io.atalaya.contracts.disposition.Disposition.Outcome;
import io.atalaya.flink.serializer.Binary;
import io.atalaya.flink.serializer.RecordPositionCode;
import io.atalaya.flink.serializer.RecordSerializer;

import org.apache.flink.core.memory.DataInputView;
import org.apache.flink.core.memory.DataOutputView;

import java.io.IOException;

/** Binary form of {@link AlertNews}. Outcomes are written by name. */
public final class AlertNewsSerializer implements RecordSerializer<AlertNews> {
    public static final AlertNewsSerializer INSTANCE = new AlertNewsSerializer();

    private static final int PUBLISHED = 1;
    private static final int ANSWERED = 2;

    @Override
    public Class<AlertNews> type() {
        return AlertNews.class;
    }

    @Override
    public void write(AlertNews news, DataOutputView out) throws IOException {
        if (news instanceof AlertNews.Published published) {
            out.writeByte(PUBLISHED);
            Binary.writeString(published.alertId(), out);
            out.writeLong(published.revision());
            Binary.writeOptional(published.promise(), AlertNewsSerializer::writePromise, out);
            RecordPositionCode.write(published.position(), out);
        } else if (news instanceof AlertNews.Answered answered) {
            out.writeByte(ANSWERED);
            writeAnswered(answered, out);
        } else {
            throw new IllegalArgumentException("no form for " + news.getClass());
        }
    }

    @Override
    public AlertNews read(DataInputView in) throws IOException {
        int kind = in.readByte();
        return switch (kind) {
            case PUBLISHED ->
                    new AlertNews.Published(
                            Binary.readString(in),
                            in.readLong(),
                            Binary.readOptional(AlertNewsSerializer::readPromise, in),
                            RecordPositionCode.read(in));
            case ANSWERED -> readAnswered(in);
            default -> throw new IOException("alert news kind " + kind + " is unknown");
        };
    }

    static void writePromise(Promise promise, DataOutputView out) throws IOException {
        Binary.writeString(promise.source(), out);
        Binary.writeString(promise.deviceId(), out);
        out.writeDouble(promise.logOdds());
    }

    static Promise readPromise(DataInputView in) throws IOException {
        return new Promise(Binary.readString(in), Binary.readString(in), in.readDouble());
    }

    static void writeAnswered(AlertNews.Answered answered, DataOutputView out) throws IOException {
        Binary.writeString(answered.alertId(), out);
        Binary.writeString(answered.dispositionId(), out);
        Binary.writeString(answered.source(), out);
        Binary.writeString(answered.deviceId(), out);
        Binary.writeString(answered.outcome().name(), out);
        out.writeLong(answered.time());
        out.writeLong(answered.arrival());
        RecordPositionCode.write(answered.position(), out);
    }

    static AlertNews.Answered readAnswered(DataInputView in) throws IOException {
        return new AlertNews.Answered(
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
