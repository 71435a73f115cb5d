package io.atalaya.flink.serializer;

import io.atalaya.contracts.hotlist.MatchMode;

import org.apache.flink.core.memory.DataInputView;
import org.apache.flink.core.memory.DataOutputView;

import java.io.IOException;

/** Serializes {@link MatchMode} by explicit codes, so that its constants may be reordered. */
public final class MatchModeCode {
    private MatchModeCode() {}

    public static void write(MatchMode mode, DataOutputView out) throws IOException {
        out.writeByte(
                switch (mode) {
                    case EXACT -> 1;
                    case CONFUSABLE -> 2;
                    case FUZZY -> 3;
                });
    }

    public static MatchMode read(DataInputView in) throws IOException {
        int code = in.readByte();
        return switch (code) {
            case 1 -> MatchMode.EXACT;
            case 2 -> MatchMode.CONFUSABLE;
            case 3 -> MatchMode.FUZZY;
            default -> throw new IOException("match mode code " + code + " is unknown");
        };
    }
}
