package io.atalaya.flink.serializer;

import org.apache.flink.core.memory.DataInputView;
import org.apache.flink.core.memory.DataOutputView;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * Short codes of words that occur by the million: colours, types, makes, states and countries, in
 * upper and in lower case. Any other text is written in full.
 *
 * <p>The table is a resource beside this class. In every existing savepoint a word's code follows
 * from the number of its line, so lines are only appended, never moved, changed or removed.
 */
public final class WordCodes {
    /** The code for a text that follows in full. */
    private static final int TEXT = 0;

    private static final String[] WORDS = words();
    private static final Map<String, Integer> CODES = codes();

    private WordCodes() {}

    /** Writes a text that is not null. */
    public static void write(String text, DataOutputView out) throws IOException {
        Integer code = CODES.get(text);
        if (code == null) {
            out.writeByte(TEXT);
            Binary.writeString(text, out);
        } else {
            Binary.writeVarInt(code, out);
        }
    }

    public static String read(DataInputView in) throws IOException {
        int code = Binary.readVarInt(in);
        if (code == TEXT) {
            return Binary.readString(in);
        }
        if (code < 0 || code >= WORDS.length) {
            throw new IOException(
                    "word code "
                            + code
                            + " is unknown, this build knows 1 to "
                            + (WORDS.length - 1));
        }
        return WORDS[code];
    }

    /** The words by code: for each line the word as listed, then in lower case. */
    private static String[] words() {
        List<String> lines = lines();
        String[] words = new String[1 + 2 * lines.size()];
        for (int i = 0; i < lines.size(); i++) {
            words[1 + 2 * i] = lines.get(i);
            words[2 + 2 * i] = lines.get(i).toLowerCase(Locale.ROOT);
        }
        return words;
    }

    private static List<String> lines() {
        try (InputStream in = WordCodes.class.getResourceAsStream("codes.txt");
                BufferedReader lines =
                        new BufferedReader(new InputStreamReader(in, StandardCharsets.UTF_8))) {
            return lines.lines().toList();
        } catch (IOException e) {
            throw new UncheckedIOException("reading codes.txt", e);
        }
    }

    private static Map<String, Integer> codes() {
        Map<String, Integer> codes = new HashMap<>();
        for (int code = 1; code < WORDS.length; code++) {
            codes.put(WORDS[code], code);
        }
        return codes;
    }
}
