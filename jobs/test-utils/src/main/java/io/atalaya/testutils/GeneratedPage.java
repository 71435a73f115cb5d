package io.atalaya.testutils;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * A documentation page generated from declarations in the code.
 *
 * @param path in the job's module
 * @param module module of the job
 * @param test test that maintains the page
 */
public record GeneratedPage(Path path, String module, Class<?> test) {

    /** Fails if the page differs, after writing it if regeneration is requested. */
    public void says(String expected) throws IOException {
        if (Regenerate.isAsked()) {
            Files.writeString(path, expected);
        }
        assertThat(path).as(Regenerate.with(module, test)).hasContent(expected);
    }
}
