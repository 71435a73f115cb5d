package io.atalaya.lab.evaluate.input;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;

/** Text files as people have them: spreadsheets put a byte order mark before the first column. */
public final class TextInput {
    private static final int BYTE_ORDER_MARK = 0xFEFF;

    private TextInput() {}

    /** Opens UTF-8 text behind its byte order mark, if it has one; bytes that are none become �. */
    public static BufferedReader open(Path file) throws IOException {
        BufferedReader text =
                new BufferedReader(
                        new InputStreamReader(Files.newInputStream(file), StandardCharsets.UTF_8));
        text.mark(1);
        if (text.read() != BYTE_ORDER_MARK) {
            text.reset();
        }
        return text;
    }
}
