package io.atalaya.hotlistmatch.event;

import io.atalaya.flink.serializer.Binary;

import org.apache.flink.core.memory.DataInputView;
import org.apache.flink.core.memory.DataOutputView;

import java.io.IOException;

/** Serializer of an {@link OcrResult} inside its event. */
public final class OcrResultEncoding {
    private OcrResultEncoding() {}

    public static void write(OcrResult ocrResult, DataOutputView out) throws IOException {
        out.writeLong(ocrResult.plate());
        out.writeByte(ocrResult.outcome().code());
        out.writeFloat(ocrResult.margin());
        out.writeFloat(ocrResult.logOdds());
        Binary.writeString(ocrResult.text(), out);
    }

    public static OcrResult read(DataInputView in) throws IOException {
        return new OcrResult(
                in.readLong(),
                OcrResult.Outcome.of(in.readByte()),
                in.readFloat(),
                in.readFloat(),
                Binary.readString(in));
    }
}
