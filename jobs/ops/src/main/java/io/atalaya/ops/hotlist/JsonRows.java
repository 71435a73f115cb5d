package io.atalaya.ops.hotlist;

import io.atalaya.contracts.hotlist.HotlistEntryCodec;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;

/**
 * Splits a JSON file into its objects without parsing them; the codec does that. Bytes suffice,
 * because no byte of a multi-byte UTF-8 character equals a bracket or a quote.
 */
final class JsonRows {
    /** One byte above the codec's limit is enough for it to reject the row. */
    private static final int MAX_KEPT = HotlistEntryCodec.MAX_BYTES + 1;

    private final InputStream in;
    private long line = 1;

    private JsonRows(InputStream in) {
        this.in = in;
    }

    /** One object per line; blank lines are skipped. */
    static void lines(InputStream in, RowSink rows) throws IOException {
        long line = 1;
        ByteArrayOutputStream kept = new ByteArrayOutputStream(512);
        for (int c = in.read(); ; c = in.read()) {
            if (c >= 0 && c != '\n') {
                keep(c, kept);
                continue;
            }
            byte[] json = kept.toByteArray();
            if (!isBlank(json)) {
                rows.row(line, json);
            }
            kept.reset();
            line++;
            if (c < 0) {
                return;
            }
        }
    }

    /** An array of objects, over any number of lines. */
    static void array(InputStream in, RowSink rows) throws IOException, HotlistFileException {
        new JsonRows(in).array(rows);
    }

    private void array(RowSink rows) throws IOException, HotlistFileException {
        require(next(), "[", "the array's [");
        int c = next();
        if (c != ']') {
            while (true) {
                require(c, "{", "an object");
                long begin = line;
                rows.row(begin, object());
                c = next();
                if (c == ']') {
                    break;
                }
                require(c, ",", ", or ]");
                c = next();
            }
        }
        c = next();
        if (c >= 0) {
            throw new HotlistFileException(
                    "line " + line + ": got " + shown(c) + ", expected nothing after the array");
        }
    }

    /** Reads the rest of an object after its opening brace. */
    private byte[] object() throws IOException, HotlistFileException {
        ByteArrayOutputStream kept = new ByteArrayOutputStream(512);
        kept.write('{');
        int depth = 1;
        boolean quoted = false;
        boolean escaped = false;
        while (depth > 0) {
            int c = read();
            if (c < 0) {
                require(c, "}", "the rest of an object");
            }
            keep(c, kept);
            if (quoted) {
                quoted = escaped || c != '"';
                escaped = !escaped && c == '\\';
            } else if (c == '"') {
                quoted = true;
            } else if (c == '{' || c == '[') {
                depth++;
            } else if (c == '}' || c == ']') {
                depth--;
            }
        }
        return kept.toByteArray();
    }

    private int next() throws IOException {
        int c = read();
        while (c == ' ' || c == '\t' || c == '\r' || c == '\n') {
            c = read();
        }
        return c;
    }

    private int read() throws IOException {
        int c = in.read();
        if (c == '\n') {
            line++;
        }
        return c;
    }

    private void require(int c, String wanted, String expected) throws HotlistFileException {
        if (c < 0) {
            throw new HotlistFileException(
                    "line " + line + ": the file is cut off, expected " + expected);
        }
        if (c != wanted.charAt(0)) {
            throw new HotlistFileException(
                    "line " + line + ": got " + shown(c) + ", expected " + expected);
        }
    }

    private static String shown(int c) {
        return c > ' ' && c < 127 ? "\"" + (char) c + '"' : String.format("byte 0x%02x", c);
    }

    private static void keep(int c, ByteArrayOutputStream kept) {
        if (kept.size() < MAX_KEPT) {
            kept.write(c);
        }
    }

    private static boolean isBlank(byte[] text) {
        for (byte b : text) {
            if (b != ' ' && b != '\t' && b != '\r') {
                return false;
            }
        }
        return true;
    }
}
