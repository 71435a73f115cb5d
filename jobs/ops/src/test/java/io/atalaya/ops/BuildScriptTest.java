package io.atalaya.ops;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;

import static org.assertj.core.api.Assertions.assertThat;

class BuildScriptTest {
    @TempDir private Path directory;

    /** As on a Mac, where it would seem to wait for another build. */
    @Test
    void namesWhatIsMissingWithoutFlock() throws IOException, InterruptedException {
        Files.createSymbolicLink(directory.resolve("dirname"), Path.of("/usr/bin/dirname"));
        ProcessBuilder build =
                new ProcessBuilder("/bin/bash", "../../scripts/build", "--no-web")
                        .redirectErrorStream(true);
        build.environment().put("PATH", directory.toString());

        Process process = build.start();
        String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);

        assertThat(process.waitFor()).isEqualTo(3);
        assertThat(said)
                .isEqualTo(
                        "build: Linux is needed; 'flock' of its util-linux was not found in"
                                + " PATH.\n");
    }
}
