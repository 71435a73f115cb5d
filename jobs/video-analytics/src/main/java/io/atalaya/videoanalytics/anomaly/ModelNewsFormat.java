package io.atalaya.videoanalytics.anomaly;

import io.atalaya.deadletter.DeadLetter;
import io.atalaya.deadletter.DeadLetterFormat;
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

    @Override
    public int version() {
        return 2;
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
            DeadLetterFormat.INSTANCE.write(granted.letter(), out);
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
            case GRANTED -> new GrantedVersions(readVersions(in), readLetter(in));
            case REFUSED -> new RefusedVersions(readLetter(in));
            default -> throw new IOException("news of models of kind " + kind + " are unknown");
        };
    }

    private static ModelVersions readVersions(DataInputView in) throws IOException {
        return new ModelVersions(
                kind(Binary.readString(in)), Binary.readString(in), Binary.readString(in));
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
