package io.atalaya.contracts.json;

import java.nio.charset.StandardCharsets;

/**
 * The field names of a message's outermost object, in order, to detect the message's format. It
 * works on bytes, without a parser, and skips unknown content even if that is nested or broken. Not
 * thread-safe.
 */
public final class FirstLevelNames {
    /** Longer than the names of all known fields. */
    private static final int MAX_NAME = 64;

    private final byte[] message;
    private int at;
    private int depth;
    private boolean isNameNext;

    /**
     * @param message or null
     */
    public FirstLevelNames(byte[] message) {
        this.message = message == null ? new byte[0] : message;
        // A byte order mark is negative, as a byte.
        while (at < this.message.length && this.message[at] <= ' ') {
            at++;
        }
    }

    /** Whether the message looks like an XML document, by its first character. */
    public boolean isXml() {
        return depth == 0 && startsWith('<');
    }

    /** The next name; null at the end, or if the message is not an object. */
    public String next() {
        if (depth == 0) {
            if (!startsWith('{')) {
                return null;
            }
            at++;
            depth = 1;
            isNameNext = true;
        }
        while (at < message.length) {
            byte b = message[at++];
            switch (b) {
                case '"' -> {
                    int from = at;
                    skipString();
                    if (depth == 1 && isNameNext) {
                        isNameNext = false;
                        return name(from, at - 1);
                    }
                }
                case '{', '[' -> depth++;
                case '}', ']' -> {
                    depth--;
                    if (depth == 0) {
                        at = message.length;
                    }
                }
                case ',' -> isNameNext |= depth == 1;
                default -> {
                    // Part of a number or a word, or white space.
                }
            }
        }
        return null;
    }

    private boolean startsWith(char c) {
        return at < message.length && message[at] == c;
    }

    /** Moves from behind the opening quote to behind the closing one. */
    private void skipString() {
        while (at < message.length && message[at] != '"') {
            at += message[at] == '\\' ? 2 : 1;
        }
        at++;
    }

    private String name(int from, int to) {
        return to > message.length || to - from > MAX_NAME
                ? ""
                : new String(message, from, to - from, StandardCharsets.US_ASCII);
    }
}
