package io.atalaya.lab;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;

import static org.assertj.core.api.Assertions.assertThat;

class TrainScriptTest {
    private static final Path TRAIN = Path.of("../../scripts/train");

    @TempDir Path directory;

    /** Runs without PyTorch, which is the only package that the script would install. */
    @Test
    void whoAsksForHelpInstallsNothing() throws IOException, InterruptedException {
        Files.writeString(directory.resolve("torch.py"), "raise ImportError");
        for (String installer : new String[] {"apt-get", "sudo"}) {
            Path asked = Files.writeString(directory.resolve(installer), "#!/bin/sh\nexit 9\n");
            assertThat(asked.toFile().setExecutable(true)).isTrue();
        }
        ProcessBuilder train =
                new ProcessBuilder(TRAIN.toString(), "trajectory", "--seed", "2", "--help")
                        .redirectErrorStream(true);
        train.environment().put("PYTHONPATH", directory.toString());
        train.environment()
                .merge(
                        "PATH",
                        directory.toString(),
                        (path, first) -> first + File.pathSeparator + path);

        Process process = train.start();
        String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);

        assertThat(process.waitFor(1, TimeUnit.MINUTES)).isTrue();
        assertThat(said).startsWith("Usage: scripts/train NAME").doesNotContain("Installing");
        assertThat(process.exitValue()).isZero();
    }
}
