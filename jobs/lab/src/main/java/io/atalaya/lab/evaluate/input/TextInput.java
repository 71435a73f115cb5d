package io.atalaya.lab.evaluate.input;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;

/** Opens text files, with the byte order mark that spreadsheets write. */
public final class TextInput {
    private static final int BYTE_ORDER_MARK = 0xFEFF;

    private TextInput() {}

    /** Opens UTF-8 text after an optional byte order mark; invalid bytes become �. */
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
