package io.atalaya.videoanalytics.anomaly;

import io.atalaya.contracts.model.ModelAnswer;
import io.atalaya.flink.serializer.Binary;
import io.atalaya.flink.serializer.RecordSerializer;

import org.apache.flink.core.memory.DataInputView;
import org.apache.flink.core.memory.DataOutputView;

import java.io.IOException;

/** Serializer of {@link ModelAnswer}. */
public final class ModelAnswerSerializer implements RecordSerializer<ModelAnswer> {
    public static final ModelAnswerSerializer INSTANCE = new ModelAnswerSerializer();

    @Override
    public Class<ModelAnswer> type() {
        return ModelAnswer.class;
    }

    @Override
    public void write(ModelAnswer answer, DataOutputView out) throws IOException {
        Binary.writeString(answer.model(), out);
        Binary.writeString(answer.active(), out);
        Binary.writeString(answer.shadow(), out);
        out.writeBoolean(answer.granted());
        Binary.writeString(answer.reason(), out);
        Binary.writeString(answer.request(), out);
        out.writeLong(answer.at());
    }

    @Override
    public ModelAnswer read(DataInputView in) throws IOException {
        return new ModelAnswer(
                Binary.readString(in),
                Binary.readString(in),
                Binary.readString(in),
                in.readBoolean(),
                Binary.readString(in),
                Binary.readString(in),
                in.readLong());
    }
}
