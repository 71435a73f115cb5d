package io.atalaya.contracts.json;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonStreamContext;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CharsetDecoder;
import java.nio.charset.CoderResult;
import java.nio.charset.StandardCharsets;

/** Checks that messages are UTF-8, as the contracts require, also in parts that are not decoded. */
public final class Utf8 {
    private static final int CHUNK = 4096;
    private static final int ENCODING_PROBE = 4;

    private Utf8() {}

    /**
     * Rejects a message that is not UTF-8 throughout. The JSON parser checks only what it decodes,
     * and takes a message with NUL bytes at its start for UTF-16 or UTF-32.
     */
    static void require(byte[] message, JsonFactory factory) throws InvalidRecordException {
        for (int i = 0; i < Math.min(ENCODING_PROBE, message.length); i++) {
            if (message[i] == 0) {
                throw InvalidRecordException.fault(
                        "value", "a NUL byte at byte " + i, "UTF-8 text");
            }
        }
        int invalid = firstInvalid(message);
        if (invalid >= 0) {
            throw InvalidRecordException.fault(
                    fieldAt(message, invalid, factory),
                    String.format(
                            "a byte 0x%02X that is not UTF-8, at byte %d",
                            message[invalid], invalid),
                    "UTF-8 text");
        }
    }

    /** Whether every surrogate in the text has its other half. */
    public static boolean isEncodable(String text) {
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (Character.isSurrogate(c)) {
                if (Character.isLowSurrogate(c)
                        || ++i == text.length()
                        || !Character.isLowSurrogate(text.charAt(i))) {
                    return false;
                }
            }
        }
        return true;
    }

    /** Offset of the first byte that can neither begin nor continue a character, or -1. */
    private static int firstInvalid(byte[] message) {
        int ascii = 0;
        while (ascii < message.length && message[ascii] >= 0) {
            ascii++;
        }
        if (ascii == message.length) {
            return -1;
        }
        ByteBuffer bytes = ByteBuffer.wrap(message, ascii, message.length - ascii);
        CharsetDecoder decoder = StandardCharsets.UTF_8.newDecoder();
        CharBuffer scratch = CharBuffer.allocate(Math.min(CHUNK, message.length));
        CoderResult result;
        do {
            scratch.clear();
            result = decoder.decode(bytes, scratch, true);
        } while (result.isOverflow());
        return result.isError() ? bytes.position() : -1;
    }

    /**
     * Path of the field whose name or value contains a byte; only rejected messages bear its cost.
     */
    private static String fieldAt(byte[] message, int offset, JsonFactory factory) {
        try (JsonParser parser = factory.createParser(message, 0, offset)) {
            try {
                while (parser.nextToken() != null) {
                    parser.getText();
                }
            } catch (IOException endOfPrefix) {
                // The prefix ends inside the field in question.
            }
            String path = path(parser.getParsingContext());
            return path.isEmpty() ? "value" : path;
        } catch (IOException e) {
            return "value";
        }
    }

    private static String path(JsonStreamContext context) {
        if (context == null || context.inRoot()) {
            return "";
        }
        String outer = path(context.getParent());
        if (context.inArray()) {
            return outer + "[" + context.getCurrentIndex() + "]";
        }
        if (context.getCurrentName() == null) {
            return outer;
        }
        return outer.isEmpty() ? context.getCurrentName() : outer + "." + context.getCurrentName();
    }
}
