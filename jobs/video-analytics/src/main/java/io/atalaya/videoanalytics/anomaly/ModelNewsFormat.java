package io.atalaya.videoanalytics.anomaly;

import io.atalaya.deadletter.DeadLetter;
import io.atalaya.deadletter.DeadLetterFormat;
import io.atalaya.kafka.RawRecord;
import io.atalaya.kafka.RawRecordFormat;
import io.atalaya.serde.Binary;
import io.atalaya.serde.BinaryFormat;

import org.apache.flink.core.memory.DataInputView;
import org.apache.flink.core.memory.DataOutputView;

import java.io.IOException;

/** Binary form of {@link ModelNews}. */
public final class ModelNewsFormat implements BinaryFormat<ModelNews> {
    public static final ModelNewsFormat INSTANCE = new ModelNewsFormat();

    private static final int VERSIONS = 1;
    private static final int REFUSED = 2;
    private static final int GRANTED = 3;

    /** What stands for a refusal's field in a grant of version 2. */
    private static final String NO_FIELD = "granted";

    @Override
    public int version() {
        return 1;
    }

    @Override
    public Class<ModelNews> type() {
        return ModelNews.class;
    }

    @Override
    public void write(ModelNews news, DataOutputView out) throws IOException {
        if (news instanceof ModelVersions versions) {
            out.writeByte(VERSIONS);
            write(versions, out);
        } else if (news instanceof GrantedVersions granted) {
            out.writeByte(GRANTED);
            write(granted.versions(), out);
            RawRecordFormat.INSTANCE.write(granted.request(), out);
            Binary.writeString(NO_FIELD, out);
            Binary.writeString(granted.reason(), out);
        } else if (news instanceof RefusedVersions refused) {
            out.writeByte(REFUSED);
            DeadLetterFormat.INSTANCE.write(refused.letter(), out);
        }
    }

    private static void write(ModelVersions versions, DataOutputView out) throws IOException {
        Binary.writeString(versions.kind().model(), out);
        Binary.writeString(versions.active(), out);
        Binary.writeString(versions.shadow(), out);
    }

    @Override
    public ModelNews read(int version, DataInputView in) throws IOException {
        requireKnown(version);
        int kind = in.readByte();
        return switch (kind) {
            case VERSIONS -> readVersions(in);
            case GRANTED -> readGranted(in);
            case REFUSED -> new RefusedVersions(readLetter(in));
            default -> throw new IOException("news of models of kind " + kind + " are unknown");
        };
    }

    private static ModelVersions readVersions(DataInputView in) throws IOException {
        return new ModelVersions(
                kind(Binary.readString(in)), Binary.readString(in), Binary.readString(in));
    }

    private static GrantedVersions readGranted(DataInputView in) throws IOException {
        ModelVersions versions = readVersions(in);
        RawRecord request = RawRecordFormat.INSTANCE.read(RawRecordFormat.INSTANCE.version(), in);
        Binary.readString(in);
        return new GrantedVersions(versions, request, Binary.readString(in));
    }

    private static DeadLetter readLetter(DataInputView in) throws IOException {
        return DeadLetterFormat.INSTANCE.read(DeadLetterFormat.INSTANCE.version(), in);
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
