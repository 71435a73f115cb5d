package io.atalaya.contracts.json;

import java.nio.charset.StandardCharsets;

/**
 * The names of the fields of a message's outermost object, one after the other, to tell formats
 * apart. Works on bytes, without a parser, and only walks over what it does not know, whatever
 * nests or breaks there. Not thread-safe.
 */
public final class FirstLevelNames {
    /** Longer names are of no known field. */
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

    /** Whether the message is to be an XML document, by its first character. */
    public boolean isXml() {
        return depth == 0 && startsWith('<');
    }

    /** The next name; null where there is none any more, or the message is no object. */
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
                    // Part of a number, a word, or white space.
                }
            }
        }
        return null;
    }

    private boolean startsWith(char c) {
        return at < message.length && message[at] == c;
    }

    /** From behind the opening quote to behind the closing one. */
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
