package io.atalaya.hotlistmatch.event;

import io.atalaya.flink.serializer.Binary;

import org.apache.flink.core.memory.DataInputView;
import org.apache.flink.core.memory.DataOutputView;

import java.io.IOException;

/**
 * Encodes a passageId relative to a read of the passage: its device is the read's, and mostly that
 * read is its first.
 */
public final class PassageIdEncoding {
    /** The read is the first of its passage. Kinds take two bits of the writer's flags. */
    private static final int OWN = 0;

    /** The first read's id follows. */
    private static final int OF_DEVICE = 1;

    /** The passageId follows. */
    private static final int OTHER = 2;

    private PassageIdEncoding() {}

    static int kind(String passageId, String deviceId, String readId) {
        int root = deviceId.length() + 1;
        if (passageId.length() < root
                || passageId.charAt(root - 1) != PassageEvent.SEPARATOR
                || !passageId.startsWith(deviceId)) {
            return OTHER;
        }
        return passageId.length() == root + readId.length() && passageId.endsWith(readId)
                ? OWN
                : OF_DEVICE;
    }

    static void write(int kind, String passageId, String deviceId, DataOutputView out)
            throws IOException {
        if (kind == OF_DEVICE) {
            Binary.writeString(passageId.substring(deviceId.length() + 1), out);
        } else if (kind == OTHER) {
            Binary.writeString(passageId, out);
        }
    }

    static String read(int kind, String deviceId, String readId, DataInputView in)
            throws IOException {
        return switch (kind) {
            case OWN -> PassageEvent.key(deviceId, readId);
            case OF_DEVICE -> PassageEvent.key(deviceId, Binary.readString(in));
            case OTHER -> Binary.readString(in);
            default -> throw new IOException("passage name kind " + kind + " is unknown");
        };
    }
}
