package io.atalaya.testutils;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * A page of documentation that is made of declarations in the code.
 *
 * @param path in the job's module
 * @param module of the job
 * @param test that keeps the page
 */
public record GeneratedPage(Path path, String module, Class<?> test) {

    /** Fails if the page says something else, after writing it anew if that is asked. */
    public void says(String expected) throws IOException {
        if (Regenerate.isAsked()) {
            Files.writeString(path, expected);
        }
        assertThat(path).as(Regenerate.with(module, test)).hasContent(expected);
    }
}
