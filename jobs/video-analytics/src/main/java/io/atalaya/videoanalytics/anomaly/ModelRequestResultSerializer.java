package io.atalaya.videoanalytics.anomaly;

import io.atalaya.contracts.topic.RawRecord;
import io.atalaya.flink.serializer.Binary;
import io.atalaya.flink.serializer.DeadLetterSerializer;
import io.atalaya.flink.serializer.RawRecordSerializer;
import io.atalaya.flink.serializer.RecordPositionCode;
import io.atalaya.flink.serializer.StateSerializer;

import org.apache.flink.core.memory.DataInputView;
import org.apache.flink.core.memory.DataOutputView;

import java.io.IOException;

/** Serializer of {@link ModelRequestResult}. */
public final class ModelRequestResultSerializer implements StateSerializer<ModelRequestResult> {
    public static final ModelRequestResultSerializer INSTANCE = new ModelRequestResultSerializer();

    private static final int VERSIONS = 1;
    private static final int REFUSED = 2;
    private static final int GRANTED = 3;

    @Override
    public String id() {
        return "model-versions";
    }

    @Override
    public Class<ModelRequestResult> type() {
        return ModelRequestResult.class;
    }

    @Override
    public void write(ModelRequestResult news, DataOutputView out) throws IOException {
        if (news instanceof ModelRequestResult.Versions versions) {
            out.writeByte(VERSIONS);
            write(versions, out);
        } else if (news instanceof ModelRequestResult.Accepted accepted) {
            out.writeByte(GRANTED);
            write(accepted.versions(), out);
            RawRecordSerializer.INSTANCE.write(accepted.request(), out);
            Binary.writeString(accepted.reason(), out);
        } else if (news instanceof ModelRequestResult.Rejected refused) {
            out.writeByte(REFUSED);
            DeadLetterSerializer.INSTANCE.write(refused.letter(), out);
        }
    }

    private static void write(ModelRequestResult.Versions versions, DataOutputView out)
            throws IOException {
        Binary.writeString(versions.kind().model(), out);
        Binary.writeString(versions.active(), out);
        Binary.writeString(versions.shadow(), out);
        RecordPositionCode.write(versions.position(), out);
    }

    @Override
    public ModelRequestResult read(DataInputView in) throws IOException {
        int kind = in.readByte();
        return switch (kind) {
            case VERSIONS -> readVersions(in);
            case GRANTED -> readGranted(in);
            case REFUSED -> new ModelRequestResult.Rejected(DeadLetterSerializer.INSTANCE.read(in));
            default -> throw new IOException("news of models of kind " + kind + " are unknown");
        };
    }

    private static ModelRequestResult.Versions readVersions(DataInputView in) throws IOException {
        return new ModelRequestResult.Versions(
                kind(Binary.readString(in)),
                Binary.readString(in),
                Binary.readString(in),
                RecordPositionCode.read(in));
    }

    private static ModelRequestResult.Accepted readGranted(DataInputView in) throws IOException {
        ModelRequestResult.Versions versions = readVersions(in);
        RawRecord request = RawRecordSerializer.INSTANCE.read(in);
        return new ModelRequestResult.Accepted(versions, request, Binary.readString(in));
    }

    private static ModelKind kind(String model) throws IOException {
        for (ModelKind kind : ModelKind.values()) {
            if (kind.model().equals(model)) {
                return kind;
            }
        }
        throw new IOException("model " + model + " is unknown");
    }
}
