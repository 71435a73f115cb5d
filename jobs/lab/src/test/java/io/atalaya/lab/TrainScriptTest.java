package io.atalaya.lab;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

import static org.assertj.core.api.Assertions.assertThat;

class TrainScriptTest {
    private static final Path TRAIN = Path.of("../../scripts/train");

    @TempDir Path directory;

    /** Runs without PyTorch, which is the only package that the script would install. */
    @Test
    void whoAsksForHelpInstallsNothing() throws IOException, InterruptedException {
        assertThat(train(0, "trajectory", "--seed", "2", "--help"))
                .startsWith("Usage: scripts/train NAME")
                .doesNotContain("Installing");
    }

    @ParameterizedTest
    @ValueSource(strings = {"--out ", "--out="})
    void aVersionThatExistsIsNotReplaced(String option) throws IOException, InterruptedException {
        Path version = Files.createDirectory(directory.resolve("2"));
        Files.writeString(version.resolve("manifest.json"), "{}");

        String[] arguments = ("trajectory --seed 2 " + option + version).split(" ");

        assertThat(train(2, arguments))
                .startsWith("scripts/train: --out: got '" + version + "', which is a version");
    }

    private String train(int code, String... arguments) throws IOException, InterruptedException {
        Files.writeString(directory.resolve("torch.py"), "raise ImportError");
        for (String installer : new String[] {"apt-get", "sudo"}) {
            Path asked = Files.writeString(directory.resolve(installer), "#!/bin/sh\nexit 9\n");
            assertThat(asked.toFile().setExecutable(true)).isTrue();
        }
        ProcessBuilder train =
                new ProcessBuilder(
                                Stream.concat(Stream.of(TRAIN.toString()), Stream.of(arguments))
                                        .toList())
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
        assertThat(process.exitValue()).as(said).isEqualTo(code);
        return said;
    }
}
